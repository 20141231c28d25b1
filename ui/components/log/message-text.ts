/**
 * Renders a message's text as templates: marks with their meaning, clickable links, highlighted mentions, everything
 * else as written. None of it is ever treated as HTML.
 */
import { html, nothing } from "lit";
import { foldName } from "../../store/text/folded-text.ts";
import { type Block, type Inline, type MarkedLine, parseBlocks } from "../../store/text/markup.ts";
import { findMentions, type Mentionable } from "../../store/text/mentions.ts";
import { renderLink } from "../shared/link-text.ts";
import "./message-code.ts";

/** Parsed texts that are cached: a message is redrawn whenever another one of its group changes. */
const parsedMax = 1_000;

const parsed = new Map<string, readonly Block[]>();

/** @param people who may be mentioned in it, and who reads it */
export function messageText(text: string, people: Mentionable): unknown {
  return blocksOf(text).map((block) => renderBlock(block, people));
}

function blocksOf(text: string): readonly Block[] {
  const known = parsed.get(text);
  if (known) return known;
  const blocks = parseBlocks(text);
  if (parsed.size >= parsedMax) parsed.clear();
  parsed.set(text, blocks);
  return blocks;
}

/** Templates without extra white space, because the surrounding style shows it. */
function renderBlock(block: Block, people: Mentionable): unknown {
  switch (block.kind) {
    case "text":
      return renderParts(block.parts, people);
    case "code":
      return html`<message-code .code=${block.text}></message-code>`;
    case "quote":
      return html`<blockquote>${block.lines.map(({ parts }, index) => [index > 0 ? "\n" : nothing, renderParts(parts, people)])}</blockquote>`;
    case "list":
      return block.start === undefined
        ? html`<ul>${renderItems(block.lines, people)}</ul>`
        : html`<ol start=${block.start}>${renderItems(block.lines, people)}</ol>`;
  }
}

function renderItems(lines: readonly MarkedLine[], people: Mentionable) {
  return lines.map(({ parts }) => html`<li>${renderParts(parts, people)}</li>`);
}

function renderParts(parts: readonly Inline[], people: Mentionable): unknown[] {
  return parts.map((part) => renderPart(part, people));
}

function renderPart(part: Inline, people: Mentionable): unknown {
  if (typeof part === "string") return renderNames(part, people);
  switch (part.kind) {
    case "code":
      return html`<code translate="no" dir="auto">${part.text}</code>`;
    case "link":
      return renderLink(part);
    case "strong":
      return html`<strong>${renderParts(part.parts, people)}</strong>`;
    case "em":
      return html`<em>${renderParts(part.parts, people)}</em>`;
    case "strong em":
      return html`<strong><em>${renderParts(part.parts, people)}</em></strong>`;
    case "strike":
      return html`<del>${renderParts(part.parts, people)}</del>`;
  }
}

function renderNames(text: string, people: Mentionable): unknown {
  const { own } = people;
  return findMentions(text, people).map((part) => {
    if (typeof part === "string") return part;
    const isOwn = own !== undefined && foldName(part.name) === foldName(own);
    return html`<bdi translate="no" class=${isOwn ? "mention me" : "mention"}>${part.text}</bdi>`;
  });
}
