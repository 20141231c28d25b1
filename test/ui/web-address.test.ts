import { describe, expect, test } from "vitest";
import { linksOf } from "./markup-tree.ts";

describe("an address in a text", () => {
  test.each([
    ["see https://example.org", "https://example.org"],
    ["http://example.org/a?b=c&d=e#f is it", "http://example.org/a?b=c&d=e#f"],
    ["is it https://example.org/?", "https://example.org/"],
    ["yes: https://example.org/a.", "https://example.org/a"],
    ["https://example.org/a...", "https://example.org/a"],
    ["https://example.org/a, and more", "https://example.org/a"],
    ["(https://example.org/a)", "https://example.org/a"],
    ["(see https://example.org/a_(b))", "https://example.org/a_(b)"],
    ["https://en.wikipedia.org/wiki/Salotto_(room)", "https://en.wikipedia.org/wiki/Salotto_(room)"],
    ["[https://example.org/a]!", "https://example.org/a"],
    ["<https://example.org/a>", "https://example.org/a"],
    ["“https://example.org/a”", "https://example.org/a"],
    ["*https://example.org/a*", "https://example.org/a"],
    ["HTTPS://Example.org/A", "HTTPS://Example.org/A"],
    ["http://localhost:3000/x", "http://localhost:3000/x"],
    ["https://[::1]:3000/x", "https://[::1]:3000/x"],
    ["https://例え.jp/道", "https://例え.jp/道"],
  ])("in %j is %j", (text, link) => {
    expect(linksOf(text).map((part) => part.text)).toEqual([link]);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,<script>",
    "ftp://example.org",
    "xhttp://example.org",
    "https://",
    "https://.",
    "https://bank.example@evil.example/",
    "www.example.org",
  ])("%j stays text", (text) => {
    expect(linksOf(text)).toEqual([]);
  });

  test("two on one line are both found", () => {
    expect(linksOf("a https://a.example, https://b.example.")).toEqual([
      { kind: "link", before: "", text: "https://a.example", after: "", href: "https://a.example/" },
      { kind: "link", before: "", text: "https://b.example", after: "", href: "https://b.example/" },
    ]);
  });

  test("ends before the punctuation of the sentence, however much of it there is", () => {
    const [link] = linksOf(`https://example.org/a${")".repeat(8_000)}`);
    expect(link?.text).toBe("https://example.org/a");
  });
});
