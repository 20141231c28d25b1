/** The emoji, and how typed words find them. Loading them is up to the controllers. */
import { wordsOf } from "../../../protocol/words.ts";

/** As emojibase provides them, in one language. */
export interface EmojiData {
  emoji: string;
  annotation: string;
  tags?: readonly string[];
  shortcodes?: readonly string[];
  group: number;
}

export interface Emoji {
  emoji: string;
  /** In the reader's language. */
  label: string;
  /** `smile`: the same in every language. */
  shortcode: string;
  group: number;
  shortcodes: readonly string[];
  /** The beginning of any of these finds it. */
  words: readonly string[];
}

/** Parts of other emoji, which are not emoji themselves. */
const partsGroup = 2;

/** The emoji that this browser and the servers both know, from the English data and the reader's language. */
export function readEmoji(english: readonly EmojiData[], local: readonly EmojiData[]): Emoji[] {
  const localOf = new Map(local.map((data) => [data.emoji, data]));
  return english.flatMap((data) => {
    const { shortcodes = [], group } = data;
    const emoji = known(data.emoji);
    const [shortcode] = shortcodes.toSorted((one, other) => one.length - other.length);
    if (emoji === undefined || shortcode === undefined || group === partsGroup) return [];
    const { annotation, tags = [] } = localOf.get(data.emoji) ?? data;
    const words = [annotation, ...tags, data.annotation, ...(data.tags ?? []), ...shortcodes].flatMap(wordsOf);
    return [{ emoji, label: annotation, shortcode, group, shortcodes, words: [...new Set(words)] }];
  });
}

/** An emoji in its one spelling here, that of protocol/text.ts; undefined when it is too new. */
function known(emoji: string): string | undefined {
  return [emoji, emoji.replaceAll("\ufe0f", "")].find((spelled) => /^\p{RGI_Emoji}$/v.test(spelled));
}

/** Emoji whose shortcode begins with the text come first, then those that match every word. */
export function searchEmoji(all: readonly Emoji[], typed: string, max: number): Emoji[] {
  const code = typed.toLowerCase();
  const words = wordsOf(typed);
  const rank = ({ shortcodes, words: own }: Emoji): number => {
    if (shortcodes.includes(code)) return 0;
    if (shortcodes.some((shortcode) => shortcode.startsWith(code))) return 1;
    return words.length > 0 && words.every((word) => own.some((begin) => begin.startsWith(word))) ? 2 : 3;
  };
  const ranked = all.map((emoji) => ({ emoji, rank: rank(emoji) })).filter((one) => one.rank < 3);
  return ranked
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, max)
    .map(({ emoji }) => emoji);
}
