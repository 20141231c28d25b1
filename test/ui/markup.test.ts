import { describe, expect, test } from "vitest";
import { type Inline, parseBlocks, plainText } from "../../ui/store/text/markup.ts";
import { fc, property } from "../support/property.ts";
import { begun, units } from "../support/worst-texts.ts";
import { deep, inlineOf, linksOf, written } from "./markup-tree.ts";

/** The tree as one line: `<em>a</em>`. */
function shown(text: string): string {
  const line = (parts: readonly Inline[]): string =>
    parts
      .map((part) => {
        if (typeof part === "string") return part;
        return `<${part.kind}>${"parts" in part ? line(part.parts) : part.text}</${part.kind}>`;
      })
      .join("");
  return parseBlocks(text)
    .map((block) => {
      if (block.kind === "text") return line(block.parts);
      if (block.kind === "code") return `<pre>${block.text}</pre>`;
      const kind = block.kind === "list" && block.start !== undefined ? `list ${block.start}` : block.kind;
      return `<${kind}>${block.lines.map(({ parts }) => line(parts)).join("|")}</${kind}>`;
    })
    .join("");
}

describe("marks in a line", () => {
  test.each([
    ["**bold**, *italic* and _this_ too", "<strong>bold</strong>, <em>italic</em> and <em>this</em> too"],
    ["***both*** and ~~gone~~", "<strong em>both</strong em> and <strike>gone</strike>"],
    ["**bold and *italic* in it**", "<strong>bold and <em>italic</em> in it</strong>"],
    ["(*so*), “**so**”: _so_!", "(<em>so</em>), “<strong>so</strong>”: <em>so</em>!"],
    ["dell'**amico**, *già*", "dell'<strong>amico</strong>, <em>già</em>"],
    ["*🎉*", "<em>🎉</em>"],
    ["run `npm *test*` now", "run <code>npm *test*</code> now"],
    ["``a ` b``", "<code>a ` b</code>"],
    ["**`code`**", "<strong><code>code</code></strong>"],
    ["*a **b* c**", "<em>a **b</em> c**"],
    ["*see https://example.org/a_b_*", "<em>see <link>https://example.org/a_b</link>_</em>"],
    ["![x](https://example.org/x.png)", "![x](<link>https://example.org/x.png</link>)"],
    ["https://example.org/*a*/_b_/c", "<link>https://example.org/*a*/_b_/c</link>"],
  ])("%j is %j", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    "2 * 3 * 4 = 24, 2*3*4, 2**3**2",
    "*.ts and *.js, a_b_c, __init__, __all__",
    "int *p, *q;",
    "/usr/*/bin/* and ~/a ~/b",
    "^_^ and ^_^, *_*, >_<, ¯\\_(ツ)_/¯, -_-",
    "\\*not italic\\*",
    "** two ** and * one *",
    "*open, **open, ~~open, `open",
    "****", // no mark has so many
    "a ~ b ~ c, ~1~",
    "*one line\nanother*",
    "[x] done, [y](z), [a]()",
    "# no heading",
    "| no | table |",
    "![no](image.png)",
    "<b>no</b> &amp;",
  ])("%j stays as it is", (text) => {
    expect(shown(text)).toBe(text);
  });
});

describe("a named link", () => {
  test.each([
    ["[text](https://example.org/a?b#c)", "https://example.org/a?b#c", "example.org"],
    ["[text](http://localhost:3000/)", "http://localhost:3000/", "localhost:3000"],
    ["[wiki](https://example.org/Salotto_(room))", "https://example.org/Salotto_(room)", "example.org"],
    ["[https://bank.example](https://evil.example)", "https://evil.example/", "evil.example"],
    ["[write](mailto:anna@example.org)", "mailto:anna@example.org", "anna@example.org"],
    ["[https://example.org](https://example.org)", "https://example.org/", undefined],
  ])("%j leads to %s, and says so", (text, href, place) => {
    expect(linksOf(text).map((link) => [link.href, link.place])).toEqual([[href, place]]);
  });

  test.each([
    "[x](javascript:alert(1))",
    "[x](data:text/html,x)",
    "[x](//example.org)",
    "[x](/path)",
    "[x](ftp://example.org)",
    "[x](https://bank.example@evil.example/)",
    "[x](mailto:anna@example.org?body=x)",
    "[x](https://)",
  ])("%j is none", (text) => {
    expect(linksOf(text).filter(({ text }) => text === "x")).toEqual([]);
  });
});

describe("marks of whole lines", () => {
  test.each([
    ["see\n```js\na *b*\n\n  c\n```\nor", "see<pre>a *b*\n\n  c</pre>or"],
    ["```\nnot closed", "```\nnot closed"],
    ["```\n```", "```\n```"],
    ["```one line```", "<code>one line</code>"],
    ["> said *so*\n>\n> and more\nyes", "<quote>said <em>so</em>||and more</quote>yes"],
    [">no\n>.<", ">no\n>.<"],
    ["buy:\n- milk\n- *good* bread\n  and butter", "buy:<list>milk|<em>good</em> bread\n  and butter</list>"],
    ["3. three\n4. four", "<list 3>three|four</list 3>"],
    ["- 5 degrees", "- 5 degrees"],
    ["1. only", "1. only"],
    ["2024. What a year\n2025. Another", "2024. What a year\n2025. Another"],
    ["- a\n1. b", "- a\n1. b"],
  ])("%j is %j", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

test("an excerpt has the words without the marks, and says where links lead", () => {
  expect(plainText("**so** `x` [here](https://example.org/a)\n> that\n```\ncode\n```\n- a\n- b")).toBe(
    "so x here (example.org)\nthat\ncode\n- a\n- b",
  );
});

/** How often each letter and each picture is in it. */
function lettersOf(text: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const [letter] of text.matchAll(/\p{L}|\p{Extended_Pictographic}/gu)) {
    times.set(letter, (times.get(letter) ?? 0) + 1);
  }
  return times;
}

describe("whatever the text,", () => {
  const piece = fc.constantFrom(
    ..."*|**|***|_|~~|`|``|```|\n|\n> |\n- |\n1. |[|]|(|)|](|https://|mailto:|a.b|\\|\n```\n| |a|è|🎉|@|/".split("|"),
  );
  const letters = fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 });
  const mark = fc.constantFrom("*", "**", "***", "_", "~~", "`", "``", "\n```\n", "\n```js\n");
  const marked = fc.tuple(mark, letters).map(([mark, within]) => `${mark}${within}${mark} `);
  const line = fc.tuple(fc.constantFrom("\n> ", "\n- ", "\n7. "), letters).map((parts) => parts.join(""));
  const link = letters.map((within) => `[${within}](https://a.b/c)`);
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(fc.oneof({ arbitrary: piece, weight: 4 }, letters, marked, line, link), { maxLength: 60 })
      .map((pieces) => pieces.join("")),
  );

  property("nothing of it is lost", [text], (anything) => {
    expect(written(parseBlocks(anything))).toBe(anything);
  });

  property("links lead to the web or to a person", [text], (anything) => {
    for (const { href } of linksOf(anything)) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
  });

  property("every letter of it is shown, but where a link leads and what language code is in", [text], (anything) => {
    // An address that would be misread is shown as another.
    const links = linksOf(anything).map(({ text, shown, after }) => (shown === undefined ? after : text + after));
    const fences = parseBlocks(anything).map((block) => (block.kind === "code" ? block.before : ""));
    const shown = lettersOf([plainText(anything), ...links, ...fences].join(""));
    for (const [letter, times] of lettersOf(anything)) {
      expect(shown.get(letter) ?? 0, letter).toBeGreaterThanOrEqual(times);
    }
  });

  test("it is not deep", () => {
    const depth = (parts: readonly Inline[]): number =>
      Math.max(0, ...parts.map((part) => (typeof part !== "string" && "parts" in part ? 1 + depth(part.parts) : 0)));
    for (const text of ["*a **b ".repeat(1_000) + "c** d* ".repeat(1_000), "*a _b ~~c **d ***e ".repeat(400)]) {
      expect(depth(inlineOf(parseBlocks(text)))).toBeLessThanOrEqual(5);
      expect(deep(inlineOf(parseBlocks(text))).length).toBeLessThan(3_000);
    }
  });
});

test.each(units)("of eight kilobytes of %j nothing is lost", (unit) => {
  for (const begins of ["", ...begun]) {
    const text = begins + unit.repeat(8_192 / unit.length);
    expect(written(parseBlocks(text))).toBe(text);
  }
});
