import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkify } from "../../ui/store/linkify.ts";

const links = (text: string) => linkify(text).filter((part) => part.href !== undefined);

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
    expect(links(text).map((part) => part.text)).toEqual([link]);
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
    expect(links(text)).toEqual([]);
  });

  test("two on one line are both found, with the text between them", () => {
    expect(linkify("a https://a.example, https://b.example.")).toEqual([
      { text: "a " },
      { text: "https://a.example", href: "https://a.example/" },
      { text: ", " },
      { text: "https://b.example", href: "https://b.example/" },
      { text: "." },
    ]);
  });
});

test("whatever the text, its parts together are the text, and links are http or https", () => {
  const piece = fc.constantFrom(
    "http://",
    "https://",
    "a.b",
    "(",
    ")",
    ".",
    " ",
    "\n",
    "javascript:",
    "@",
    "[",
    "]",
    "é",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(piece).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(text, (anything) => {
      const parts = linkify(anything);
      expect(parts.map((part) => part.text).join("")).toBe(anything);
      for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
    }),
  );
});
