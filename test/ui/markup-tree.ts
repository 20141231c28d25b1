/** Takes a parsed text apart, and puts it together again as it was written. */
import { type Block, type Inline, parseBlocks } from "../../ui/store/text/markup.ts";

export const inlineOf = (blocks: readonly Block[]): Inline[] =>
  blocks.flatMap((block) => {
    if (block.kind === "code") return [];
    return block.kind === "text" ? block.parts : block.lines.flatMap(({ parts }) => parts);
  });

export const linksOf = (text: string) => deep(inlineOf(parseBlocks(text))).filter((part) => part.kind === "link");

type Marked = Exclude<Inline, string>;

export function deep(parts: readonly Inline[]): Marked[] {
  return parts.flatMap((part) => {
    if (typeof part === "string") return [];
    return "parts" in part ? [part, ...deep(part.parts)] : [part];
  });
}

const sourceOf = (parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part.before + ("parts" in part ? sourceOf(part.parts) : part.text) + part.after;
    })
    .join("");

export function written(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === "text") return sourceOf(block.parts);
      if (block.kind === "code") return block.before + block.text + block.after;
      return block.lines.map(({ before, parts }) => before + sourceOf(parts)).join("\n");
    })
    .join("\n");
}
