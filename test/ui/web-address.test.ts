import { describe, expect, test } from "vitest";
import { plainText } from "../../ui/store/text/markup.ts";
import { withAddresses } from "../../ui/store/text/web-address.ts";
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
    // Punctuation of other scripts, which needs no space after it.
    ["Test（http://a.example/）ok", "http://a.example/"],
    ["https://example.com。次", "https://example.com"],
    ["「http://a.example/x」と", "http://a.example/x"],
    ["http://a.example/x、y", "http://a.example/x"],
    ["http://a.example/x，y", "http://a.example/x"],
    ["http://a.example/x！？", "http://a.example/x"],
    ["http://a.example/x～", "http://a.example/x"],
    ["http://a.example/x：次", "http://a.example/x"],
    ["http://a.example/x\u3000y", "http://a.example/x"],
    ["《http://a.example/x》", "http://a.example/x"],
    ["http://a.example/x… yes", "http://a.example/x"],
    ["http://a.example/x؟", "http://a.example/x"],
    ["http://a.example/x،ثم", "http://a.example/x"],
    ["http://a.example/x؛", "http://a.example/x"],
    ["http://a.example/x।अगला", "http://a.example/x"],
    ["http://a.example/x።", "http://a.example/x"],
    ["http://a.example/x—yes", "http://a.example/x"],
    ["שלום http://a.example/x\u200f.", "http://a.example/x"],
    ["http://a.example/\u200bx", "http://a.example/"],
    ["„http://a.example/x“", "http://a.example/x"],
    ["‹http://a.example/x›", "http://a.example/x"],
    ["‘http://a.example/x’and", "http://a.example/x"],
    ["'http://a.example/x'and", "http://a.example/x"],
    ["|http://a.example/x|y", "http://a.example/x"],
    // Text right after a host, without punctuation.
    ["https://example.comを見て", "https://example.com"],
    ["https://example.com👍", "https://example.com"],
    ["https://example.com:8080を", "https://example.com:8080"],
    ["https://10.0.0.1を", "https://10.0.0.1"],
    // Marks.
    ["**https://a.example/**", "https://a.example/"],
    ["**https://a.example**", "https://a.example"],
    ["_https://a.example_", "https://a.example"],
    ["_https://a.example/x_y_,", "https://a.example/x_y"],
    ["~~https://a.example/x~~です", "https://a.example/x"],
    ["(**https://a.example/x**)", "https://a.example/x"],
    ["***https://a.example/x***です", "https://a.example/x"],
    // Parentheses.
    ["(http://a.example/)ok", "http://a.example/"],
    ["(http://a.example/x_(y))ok", "http://a.example/x_(y)"],
    ["{http://a.example/?a[]=1}", "http://a.example/?a[]=1"],
    ["http://a.example/x)(", "http://a.example/x"],
    // What only looks like an end.
    ["https://ja.example/wiki/スター・ウォーズ。", "https://ja.example/wiki/スター・ウォーズ"],
    ["https://fr.example/wiki/L’Avare", "https://fr.example/wiki/L’Avare"],
    ["https://en.example/wiki/A–B", "https://en.example/wiki/A–B"],
    ["https://he.example/תל־אביב", "https://he.example/תל־אביב"],
    ["https://fa.example/می\u200cشود", "https://fa.example/می\u200cشود"],
    ["https://a.example/🎉!", "https://a.example/🎉"],
    ["http://my_host.example/x", "http://my_host.example/x"],
    ["http://a.example./x", "http://a.example./x"],
    ["http://a.example\\b", "http://a.example"],
    ["https://social.example/@anna", "https://social.example/@anna"],
    ["次https://a.example/x", "https://a.example/x"],
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
    "https:///evil.example",
    "https://👍",
    "https://bank.example:x@evil.example/",
    "https://a.example:99999/",
    "https://bank.example@evil.example/",
    "www.example.org",
  ])("%j stays text", (text) => {
    expect(linksOf(text)).toEqual([]);
  });

  test.each([
    ["https://münchen.example/x", "https://münchen.example/x"],
    ["https://Bücher.example", "https://Bücher.example"],
    ["https://日本語.example/道", "https://日本語.example/道"],
    ["https://한국.example/", "https://한국.example/"],
    ["https://пример.рф/", "https://пример.рф/"],
    ["https://сосо.рф/", "https://сосо.рф/"],
    ["https://правда.example/", "https://правда.example/"],
    ["https://דוגמה.example/x", "https://דוגמה.example/x"],
    ["https://हिन्दी.example/x", "https://हिन्दी.example/x"],
    ["https://xn--80ak6aa92e.example/", "https://xn--80ak6aa92e.example/"],
    // One script in place of another.
    ["https://аррӏе.com/x", "https://xn--80ak6aa92e.com/x"],
    ["https://сосо.com", "https://xn--n1aahb.com"],
    ["https://gооgle.com", "https://xn--ggle-55da.com"],
    ["https://ɡoogle.com:8080/a", "https://xn--oogle-qmc.com:8080/a"],
    ["https://ıcloud.com", "https://xn--cloud-m4a.com"],
    ["https://日本abc.example/", "https://xn--abc-s08fl0d.example/"],
    ["https://i❤.example/", "https://xn--i-7iq.example/"],
    // Another way to write a host.
    ["https://ｅｘａｍｐｌｅ.com/", "https://example.com/"],
    ["https://exam\u00adple.com/", "https://example.com/"],
    ["https://exa%6dple.com/", "https://example.com/"],
    ["http://0x7f.1/x", "http://127.0.0.1/x"],
    ["http://2130706433/", "http://127.0.0.1/"],
  ])("%j is read as %j, of which the host is the one that is opened", (text, read) => {
    const [link] = linksOf(text);
    expect(link?.text).toBe(text);
    expect(link?.shown ?? link?.text).toBe(read);
    expect(link?.href).toBe(URL.parse(read)?.href);
    expect(plainText(text)).toBe(read);
    const named = linksOf(`[here](${text})`)[0];
    expect(`${URL.parse(`https://${named?.place}`)?.hostname}`).toBe(URL.parse(text)?.hostname);
    if (read !== text) expect(named?.place).toBe(URL.parse(text)?.host);
    const own = linksOf(`[${text}](${text})`)[0];
    expect(own?.shown ?? own?.text).toBe(read);
  });

  test("from right to left, a host does not change places with its path", () => {
    expect(linksOf("https://אב.example/גד")[0]?.shown).toBe("https://xn--4dbc.example/גד");
  });

  test("of a text without marks is told from the words around it", () => {
    const text = "see https://a.example/*b*/c, or *https://c.example*";
    const parts = withAddresses(text);
    expect(parts.map((part) => (typeof part === "string" ? part : part.text)).join("")).toBe(text);
    expect(parts.map((part) => (typeof part === "string" ? "" : part.href)).filter((href) => href !== "")).toEqual([
      "https://a.example/*b*/c",
      "https://c.example/",
    ]);
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
