/**
 * A message's text as templates: marks as what they mean, links clickable, people named with an @ told apart, everything
 * else as it was written. Nothing of it is ever HTML.
 */
import { html, nothing } from "lit";
import { nameKey } from "../../protocol/names.ts";
import { type Block, type Inline, type MarkedLine, parseBlocks } from "../store/markup.ts";
import { findMentions } from "../store/mentions.ts";
import { renderLink } from "./link-text.ts";
import "./message-code.ts";

/** Parsed texts that are kept: a message is drawn anew with every other one of its group. */
const parsedMax = 1_000;

const parsed = new Map<string, readonly Block[]>();

/** Who may be named in a text, and who reads it. */
export interface Readers {
  /** Asked only when there is an @. */
  mentions: () => RegExp;
  own: string;
}

export function messageText(text: string, readers: Readers): unknown {
  return blocksOf(text).map((block) => renderBlock(block, readers));
}

function blocksOf(text: string): readonly Block[] {
  const known = parsed.get(text);
  if (known) return known;
  const blocks = parseBlocks(text);
  if (parsed.size >= parsedMax) parsed.clear();
  parsed.set(text, blocks);
  return blocks;
}

/** Templates without white space of their own: what is around them shows it. */
function renderBlock(block: Block, readers: Readers): unknown {
  switch (block.kind) {
    case "text":
      return renderParts(block.parts, readers);
    case "code":
      return html`<message-code .code=${block.text}></message-code>`;
    case "quote":
      return html`<blockquote>${block.lines.map(({ parts }, index) => [index > 0 ? "\n" : nothing, renderParts(parts, readers)])}</blockquote>`;
    case "list":
      return block.start === undefined
        ? html`<ul>${renderItems(block.lines, readers)}</ul>`
        : html`<ol start=${block.start}>${renderItems(block.lines, readers)}</ol>`;
  }
}

function renderItems(lines: readonly MarkedLine[], readers: Readers) {
  return lines.map(({ parts }) => html`<li>${renderParts(parts, readers)}</li>`);
}

function renderParts(parts: readonly Inline[], readers: Readers): unknown[] {
  return parts.map((part) => renderPart(part, readers));
}

function renderPart(part: Inline, readers: Readers): unknown {
  if (typeof part === "string") return part.includes("@") ? renderNames(part, readers) : part;
  switch (part.kind) {
    case "code":
      return html`<code>${part.text}</code>`;
    case "link":
      return renderLink(part);
    case "strong":
      return html`<strong>${renderParts(part.parts, readers)}</strong>`;
    case "em":
      return html`<em>${renderParts(part.parts, readers)}</em>`;
    case "strong em":
      return html`<strong><em>${renderParts(part.parts, readers)}</em></strong>`;
    case "strike":
      return html`<del>${renderParts(part.parts, readers)}</del>`;
  }
}

function renderNames(text: string, { mentions, own }: Readers): unknown {
  return findMentions(text, mentions()).map((part) => {
    if (typeof part === "string") return part;
    return html`<span class=${nameKey(part.name) === nameKey(own) ? "mention me" : "mention"}>${part.text}</span>`;
  });
}
