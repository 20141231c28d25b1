import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { expect, test } from "vitest";
import { sameInBoth } from "./english-texts.ts";

/** Texts that are the same in English and Italian. */
const alike = [
  "online",
  "milliseconds",
  "commands.set.more",
  "menu",
  "settings.languages.en",
  "settings.languages.it",
  "notices.saidIn",
  "export.fetched",
  "shortcuts.keys.ArrowUp",
  "shortcuts.keys.ArrowDown",
  "shortcuts.keys.Escape",
  "rights.because",
];

test("Italian says nothing in English, but what is the same in both", () => {
  expect(sameInBoth()).toEqual(alike);
});

/** Words of no language: the product's name, and search filters. */
const wordless = ["Salotto", "from:anna after:2026-11-01"];

const components = fileURLToPath(new URL("../../ui/components/", import.meta.url));

const files = readdirSync(components, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

test.each(files)("%s has no words of its own in its templates", (file) => {
  const words = wordsIn(readFileSync(components + file, "utf8"));
  expect(words.filter((said) => !wordless.includes(said))).toEqual([]);
});

test("words are found wherever they stand in a template", () => {
  const source =
    `html\`<p title="Hi" placeholder=Ho class="x">One \${a ? html\`<b aria-label=\${b}>two</b>\` : \`no\`} <!-- no -->&nbsp;</p>\`;` +
    "css`a {}`;";
  expect(wordsIn(source)).toEqual(["Hi", "Ho", "One", "two"]);
});

/** Attributes that people read or hear. */
const spoken =
  /\s(?:aria-(?:label|description|roledescription|valuetext)|title|placeholder|alt|label|said)=(?:"([^"]*)"|([^\s">]+))/g;

/** Stands for an expression in a template, and separates two words of it. */
const hole = "\u0000";

/** The words in the templates of a source: in attributes that are spoken, and between the tags. */
function wordsIn(source: string): string[] {
  return templatesOf(parseSync("component.ts", source).program).flatMap((template) => {
    const shown = template.replace(/<!--.*?-->/gs, "");
    const attributes = [...shown.matchAll(spoken)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    return [...attributes, ...shown.replace(/<[^>]*>|&\w+;/g, hole).split(hole)]
      .map((words) => words.trim())
      .filter((words) => /\p{L}/u.test(words));
  });
}

/** The texts of all `html` templates in a syntax tree, outer ones first. */
function templatesOf(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const inner = Object.values(node).flatMap(templatesOf);
  if (!isHtml(node)) return inner;
  return [node.quasi.quasis.map(({ value }) => value.cooked).join(hole), ...inner];
}

interface HtmlTemplate {
  quasi: { quasis: { value: { cooked: string } }[] };
}

function isHtml(node: object): node is HtmlTemplate {
  return "type" in node && node.type === "TaggedTemplateExpression" && "tag" in node && isNamed(node.tag, "html");
}

function isNamed(node: unknown, name: string): boolean {
  return typeof node === "object" && node !== null && "name" in node && node.name === name;
}
