/**
 * A ban or a mute: whom it concerns, and until when. One of a person follows them: by their id, by the names that they
 * had, as long as nobody has proved that such a name is theirs, and on the connection on which they were met.
 */
import { hostOf } from "../../protocol/address.ts";
import type { RuleInfo } from "../../protocol/moderation-events.ts";
import { cleanText } from "../../protocol/text.ts";
import { AddressRanges } from "../../tcp/address-ranges.ts";
import { looksOf } from "./looks.ts";
import { NamePattern, type ReadName } from "./name-pattern.ts";

/** What somebody typed for others to read, in one line; undefined for nothing. */
export function shortText(typed: string | undefined): string | undefined {
  const line = cleanText(typed ?? "")
    .replace(/\s+/g, " ")
    .trim();
  return line === "" ? undefined : line;
}

/** Somebody as rules see them. The same object as long as nothing of it changes. */
export interface Subject {
  ids: ReadonlySet<string>;
  names: readonly ReadName[];
  isAuthenticated: boolean;
  /** `ip:port`. */
  address: string;
  source: string;
  /** Undefined for somebody who is just arriving. */
  connection?: object | undefined;
}

/** A rule as it is kept. */
export interface KeptRule extends Omit<RuleInfo, "source"> {
  /** The id of the person, and the names that lead to them. */
  person?: string;
  names?: readonly string[];
  /** Everybody from there is kept out. Only the server is told where that is. */
  source?: string;
}

export class Rule {
  readonly kept: KeptRule;
  readonly #looks: ReadonlySet<string>;
  readonly #pattern: NamePattern | undefined;
  readonly #addresses: AddressRanges | undefined;
  /** Connections on which the person was met, whatever they call themselves later. */
  readonly #met = new WeakSet<object>();
  readonly #answers = new WeakMap<Subject, boolean>();

  constructor(kept: KeptRule) {
    this.kept = kept;
    this.#looks = new Set((kept.names ?? []).flatMap((name) => [...looksOf(name)]));
    this.#pattern = kept.pattern === undefined ? undefined : new NamePattern(kept.pattern);
    this.#addresses = kept.address === undefined ? undefined : new AddressRanges([kept.address]);
  }

  /** @param time ISO 8601, UTC */
  isOver(time: string): boolean {
    return this.kept.until !== undefined && this.kept.until <= time;
  }

  concerns(subject: Subject): boolean {
    const known = this.#answers.get(subject);
    if (known !== undefined) return known;
    const { connection } = subject;
    const answer = (connection !== undefined && this.#met.has(connection)) || this.#fits(subject);
    if (answer && connection) this.#met.add(connection);
    this.#answers.set(subject, answer);
    return answer;
  }

  /** As moderators see it. */
  get info(): RuleInfo {
    const { person: _, names: __, source, ...told } = this.kept;
    return source === undefined ? told : { ...told, source: true };
  }

  #fits({ ids, names, isAuthenticated, address, source }: Subject): boolean {
    const { person, source: bannedSource } = this.kept;
    if (person !== undefined && ids.has(person)) return true;
    if (bannedSource !== undefined && bannedSource === source) return true;
    if (this.#addresses) return this.#addresses.has(hostOf(address));
    const pattern = this.#pattern;
    if (pattern) return names.some((name) => pattern.matches(name));
    // Whoever has proved to be somebody else is not mistaken for them.
    return !isAuthenticated && names.some(({ looks }) => [...looks].some((look) => this.#looks.has(look)));
  }
}
