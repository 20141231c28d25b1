/**
 * The wire of the old servers: the name comes first and nothing before it, each write is one message, and a reset is
 * the emergency exit. It tells the listener what their lines mean in the common vocabulary. It handles one connection;
 * cutting lines, pacing writes, recognising echoes and leaving are left to the modules beside it.
 */
import type {
  BridgeCommandType,
  CommandFailure,
  ConnectionError,
  PostAnswer,
  PostRequest,
  Refusal,
} from "../../protocol/bridge-events.ts";
import type { Lack } from "../../protocol/lacks.ts";
import { lobby } from "../../protocol/names.ts";
import { cleanText } from "../../protocol/text.ts";
import { hangUpRefusal, isSalottoGreeting, isWebServer, webServerRefusal, webStartChars } from "./greeting.ts";
import { endingOf, type LineEnd } from "./legacy-ending.ts";
import { commonLacks, type LegacyFamily, leavingWordIn, leavingWords, legacyFamilyOf } from "./legacy-families.ts";
import { LegacyGoodbye } from "./legacy-goodbye.ts";
import { LegacyLines } from "./legacy-lines.ts";
import { type LegacyItem, LegacyParser } from "./legacy-parser.ts";
import { LegacyPeople } from "./legacy-people.ts";
import { type Delivered, LegacyPosts } from "./legacy-posts.ts";
import { PacedWriter } from "./paced-writer.ts";
import type { UpstreamEnd } from "./upstream.ts";
import type { UpstreamClient, UpstreamClientParts } from "./upstream-client.ts";

/** Characters of a server's greeting that are shown. */
const greetingShownMax = 60;

/** Error codes that mean that the server closed the connection. */
const closedCodes = new Set(["closed-by-server", "ECONNRESET", "EPIPE"]);

export class LegacyClient implements UpstreamClient {
  readonly #parts: UpstreamClientParts;
  readonly #family: LegacyFamily | undefined;
  readonly #description: string;
  readonly #decoder = new TextDecoder();
  readonly #parser: LegacyParser | LegacyLines;
  readonly #people: LegacyPeople;
  readonly #writer: PacedWriter;
  readonly #posts: LegacyPosts;
  readonly #goodbye: LegacyGoodbye;
  readonly #timers: Record<"accept" | "silence", NodeJS.Timeout | undefined>;
  #accepted = false;
  #showsAddresses = false;
  #ownJoinToCome: boolean;
  readonly #namedAtMs = performance.now();
  /** The beginning of what the server has said, long enough to recognise a web server. */
  #firstWords: string;
  #end: UpstreamEnd | undefined;

  /** @param greeting what the server has said so far, possibly nothing */
  constructor(parts: UpstreamClientParts, greeting: string, lineEnd: LineEnd = "auto") {
    const { name, wire, limits } = parts;
    const family = legacyFamilyOf(greeting);
    const ending = endingOf(lineEnd, greeting, family);
    this.#parts = parts;
    this.#firstWords = greeting;
    this.#family = family;
    this.#description = oneLine(greeting).slice(0, greetingShownMax);
    this.#ownJoinToCome = family?.tellsOwnJoin ?? true;
    const parser = new LegacyParser(name, (heard) => this.#posts.ownStart(heard), family);
    this.#parser = ending === "" ? parser : new LegacyLines(parser, family?.prefix);
    this.#people = new LegacyPeople(name);
    const writer = new PacedWriter(wire, limits.legacyGapMs);
    this.#writer = writer;
    this.#posts = new LegacyPosts({
      writer,
      limits,
      echoes: family?.echoes ? "always" : "unknown",
      before: family?.signed ? `${name}: ` : "",
      after: ending,
      leaves: (text) => (this.#goodbye.word === undefined ? leavingWords.has(text) : text === this.#goodbye.word),
      deliver: (request, unconfirmed) => this.#own(request, unconfirmed),
      learnt: () => this.#tellOnline(),
    });
    const word = family ? family.leavingWord : leavingWordIn(greeting);
    this.#goodbye = new LegacyGoodbye({ wire, writer, posts: this.#posts, limits, ending }, word);
    // A server that always answers the name will do so; an unknown one may never say a word.
    const accept =
      family?.welcome && !family.mayNotWelcome
        ? setTimeout(() => wire.fail("no-answer"), limits.answerMs)
        : setTimeout(() => this.#accept(), limits.greetingMs);
    this.#timers = { accept, silence: undefined };
    writer.write(name + ending, () => {});
  }

  receive(chunk: Uint8Array, continues = false): void {
    const text = this.#decoder.decode(chunk, { stream: true });
    if (this.#firstWords.length < webStartChars) {
      this.#firstWords += text;
      if (isWebServer(this.#firstWords)) this.#refused(webServerRefusal);
    }
    for (const item of this.#parser.push(text, continues)) this.#handle(item);
    this.#awaitSilence();
  }

  /** What was said before a silence is complete, unless it was only us not reading. */
  #awaitSilence(): void {
    const { wire, limits } = this.#parts;
    clearTimeout(this.#timers.silence);
    this.#timers.silence = setTimeout(() => {
      if (wire.holdsBack()) this.#awaitSilence();
      else this.#flush();
    }, limits.legacySilenceMs);
  }

  disconnected(error: ConnectionError): void {
    this.#flush();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#goodbye.stop();
    this.#writer.stop();
    this.#posts.close();
    this.#parts.listener.closed(this.#end ?? this.#lost(error));
  }

  /** An unknown server that closes as soon as it has the name, time after time, is not a chat server. */
  #lost(error: ConnectionError): UpstreamEnd {
    const { limits, memory } = this.#parts;
    const isHangUp =
      !this.#family && closedCodes.has(error.code) && performance.now() - this.#namedAtMs < limits.legacyHangUpMs;
    memory.hangUps = isHangUp ? memory.hangUps + 1 : 0;
    return memory.hangUps < limits.legacyHangUpsMax
      ? { kind: "lost", error }
      : { kind: "refused", refusal: hangUpRefusal };
  }

  async post(request: PostRequest): Promise<PostAnswer> {
    if (this.#end) return { ok: false, code: "offline", message: "the connection is closing" };
    if (request.room !== lobby) {
      return { ok: false, code: "no-such-room", message: "this server has one room and no private messages" };
    }
    return this.#posts.post(request);
  }

  async ask({ type }: { type: BridgeCommandType }): Promise<CommandFailure> {
    const message =
      type === "rename"
        ? "this server cannot change a name: quit and join again"
        : "this is an old server: it has one room and no history";
    return { ok: false, code: "unknown-command", message };
  }

  quit(): void {
    if (this.#end) return;
    this.#end = { kind: "quit" };
    this.#goodbye.begin();
    if (this.#accepted) this.#goodbye.leave();
  }

  #flush(): void {
    for (const item of this.#parser.flush()) this.#handle(item);
  }

  #handle(item: LegacyItem): void {
    if (item.type === "greeting" || this.#end?.kind === "refused") return;
    if (item.type === "taken") {
      // The server is waiting for another name. A FIN would be a nameless join; a reset is not.
      this.#refused({ code: "name-taken", message: "somebody here already has that name" });
      return;
    }
    if (!this.#accepted && item.type === "other" && isSalottoGreeting(item.text)) {
      // It is not an old server after all, but was slow. The next attempt will wait for its greeting.
      this.#parts.memory.greetsAsSalotto = true;
      this.#parts.wire.fail("late-greeting");
      return;
    }
    if (item.type === "welcome") {
      this.#writer.allRead();
      this.#goodbye.word ??= item.leavingWord;
    }
    this.#accept();
    if (item.type === "joined") this.#joined(item.name);
    else if (item.type === "left") this.#left(item.name);
    else if (item.type === "people") this.#listed(item.names);
    else if (item.type === "message") this.#heard(item.from, item.text);
    else if (item.type === "relayed") this.#relayed(item.from, item.text);
    else if (item.type === "other") this.#notice(item.text);
  }

  #refused(refusal: Refusal): void {
    this.#end = { kind: "refused", refusal };
    this.#parts.wire.reset();
  }

  #accept(): void {
    if (this.#accepted) return;
    this.#accepted = true;
    clearTimeout(this.#timers.accept);
    this.#tellOnline();
    this.#tellPeople();
    if (this.#end?.kind === "quit") this.#goodbye.leave();
  }

  #joined(name: string): void {
    if (this.#ownJoinToCome && name === this.#parts.name) {
      this.#ownJoinToCome = false;
      return;
    }
    this.#people.add(name);
    this.#parts.listener.event({ type: "member-joined", ...this.#presence(name) });
  }

  #left(name: string): void {
    // Somebody with our name left, and the only one known is ourselves: it was a ghost of an earlier connection.
    if (name === this.#parts.name && this.#people.named(name) === 1) return;
    this.#people.remove(name);
    this.#parts.listener.event({ type: "member-left", ...this.#presence(name), reason: "quit" });
  }

  #listed(names: readonly string[]): void {
    this.#people.replace(names);
    this.#tellPeople();
  }

  #heard(from: string, text: string): void {
    if (from === this.#parts.name && this.#posts.heard(text)) return;
    const clean = cleanText(text);
    // Old servers send empty lines in the name of a client that was closed.
    if (clean === "") return;
    if (this.#people.named(from) === 0) {
      this.#people.add(from);
      this.#tellPeople();
    }
    this.#message(from, clean);
  }

  #relayed(from: string, text: string): void {
    if (!this.#showsAddresses) {
      this.#showsAddresses = true;
      this.#posts.noEcho();
      this.#tellOnline();
    }
    this.#heard(from, text);
  }

  #notice(text: string): void {
    const clean = cleanText(text);
    // The ancestor sends our own goodbye back.
    if (clean === "" || (this.#end && clean === this.#goodbye.word)) return;
    if (!this.#family) this.#goodbye.word ??= leavingWordIn(text);
    this.#parts.listener.event({ type: "notice", text: clean, time: now() });
  }

  /** Tells a message under the next local number. */
  #message(from: string, text: string): void {
    this.#parts.listener.event({ type: "message", room: lobby, ...this.#numbered(), from: shown(from), text });
  }

  /** Tells the person's own message, and which request it answers. */
  #own({ id, text, action }: PostRequest, unconfirmed: boolean): Delivered {
    const stored = this.#numbered();
    const marks = { ...(action ? { action } : {}), ...(unconfirmed ? { unconfirmed } : {}) };
    const from = shown(this.#parts.name);
    this.#parts.listener.event({ type: "message", room: lobby, ...stored, from, text, id, ...marks });
    return { ok: true, ...stored };
  }

  #numbered(): { msgid: string; seq: number; time: string } {
    const seq = this.#lastSeq + 1;
    this.#parts.memory.heard.set(lobby, seq);
    return { msgid: crypto.randomUUID(), seq, time: now() };
  }

  #presence(name: string): { room: string; name: string; count: number; time: string } {
    return { room: lobby, name: shown(name), count: this.#people.count, time: now() };
  }

  #tellOnline(): void {
    if (!this.#accepted) return;
    const lacks = new Set<Lack>(commonLacks);
    if (this.#posts.confirms) lacks.delete("delivery");
    if (this.#family?.taken === undefined) lacks.add("unique-names");
    if (this.#showsAddresses) lacks.add("names");
    this.#parts.listener.online(
      { kind: "legacy", description: this.#description, lacks: [...lacks] },
      this.#parts.name,
    );
  }

  #tellPeople(): void {
    const members = this.#people.members.map(({ name }) => ({ name: shown(name) }));
    this.#parts.listener.event({ type: "joined", room: lobby, members, seq: this.#lastSeq });
  }

  get #lastSeq(): number {
    return this.#parts.memory.heard.get(lobby) ?? 0;
  }
}

/** Names arrive as other clients sent them, with spaces, controls and all. */
function shown(name: string): string {
  return oneLine(name) || "?";
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}

function now(): string {
  return new Date().toISOString();
}
