/** Loads the emoji from the page's own files when they are first needed: see docs/decisions. */
import english from "emoji-picker-element-data/en/emojibase/data.json?url";
import italian from "emoji-picker-element-data/it/cldr-native/data.json?url";
import { type Emoji, type EmojiData, readEmoji } from "../store/text/emoji.ts";

const addresses: Record<string, string> = { en: english, it: italian };
const loading = new Map<string, Promise<readonly Emoji[]>>();

/** Rejects when the bridge is away; the next call tries again. */
export function loadEmoji(language: string): Promise<readonly Emoji[]> {
  const known = loading.get(language) ?? load(addresses[language] ?? english);
  loading.set(language, known);
  known.catch(() => loading.delete(language));
  return known;
}

async function load(address: string): Promise<readonly Emoji[]> {
  const [first = [], local = []] = await Promise.all([...new Set([english, address])].map(fetchData));
  return readEmoji(first, local);
}

async function fetchData(address: string): Promise<EmojiData[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
