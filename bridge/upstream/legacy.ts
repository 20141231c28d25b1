/**
 * The wire of the old servers: the name first and nothing before it, one message per write, `{quit}` alone to leave,
 * a reset in an emergency. What their lines mean is told to the listener in the common vocabulary. It knows one
 * connection: cutting lines, pacing writes and recognising echoes are the neighbours' work.
 */
import type {
  CommandAnswer,
  JoinAnswer,
  Lack,
  LinkError,
  PostAnswer,
  PostRequest,
  Refusal,
} from "../../protocol/bridge-events.ts";
import { lobby } from "../../protocol/names.ts";
import { cleanText } from "../../protocol/text.ts";
import { hangUpRefusal, isSalottoGreeting, isWebServer, webServerRefusal, webStartChars } from "./greeting.ts";
import { commonLacks, type LegacyFamily, legacyFamilyOf, quitText } from "./legacy-families.ts";
import { type LegacyItem, LegacyParser } from "./legacy-parser.ts";
import { LegacyPeople } from "./legacy-people.ts";
import { LegacyPosts } from "./legacy-posts.ts";
import type { Link, LinkParts } from "./link.ts";
import { PacedWriter } from "./paced-writer.ts";
import type { UpstreamEnd } from "./upstream.ts";

/** Characters of a server's greeting that are shown. */
const greetingShownMax = 60;

/** How a connection ends that the server closed. */
const closedCodes = new Set(["closed-by-server", "ECONNRESET", "EPIPE"]);

export class LegacyLink implements Link {
  readonly #parts: LinkParts;
  readonly #family: LegacyFamily | undefined;
  readonly #description: string;
  readonly #decoder = new TextDecoder();
  readonly #parser: LegacyParser;
  readonly #people: LegacyPeople;
  readonly #writer: PacedWriter;
  readonly #posts: LegacyPosts;
  readonly #timers: Record<"accept" | "silence" | "quit", NodeJS.Timeout | undefined>;
  #accepted = false;
  #showsAddresses = false;
  #ownJoinToCome: boolean;
  readonly #namedAtMs = performance.now();
  /** The beginning of what the server has said, as much as shows a web server. */
  #firstWords: string;
  #end: UpstreamEnd | undefined;

  /** @param greeting what the server has said so far, perhaps nothing */
  constructor(parts: LinkParts, greeting: string) {
    this.#parts = parts;
    this.#firstWords = greeting;
    this.#family = legacyFamilyOf(greeting);
    this.#description = oneLine(greeting).slice(0, greetingShownMax);
    this.#ownJoinToCome = this.#family?.tellsOwnJoin ?? true;
    this.#parser = new LegacyParser(parts.name, (heard) => this.#posts.ownStart(heard));
    this.#people = new LegacyPeople(parts.name);
    this.#writer = new PacedWriter(parts.wire, parts.limits.legacyGapMs);
    this.#posts = new LegacyPosts({
      writer: this.#writer,
      limits: parts.limits,
      echoes: this.#family ? "always" : "unknown",
      deliver: (request) => this.#message(parts.name, request.text, request),
      learnt: () => this.#tellOnline(),
    });
    // A server of a known family answers the name; one that we do not know may never say a word.
    const accept = this.#family
      ? setTimeout(() => parts.wire.fail("no-answer"), parts.limits.answerMs)
      : setTimeout(() => this.#accept(), parts.limits.greetingMs);
    this.#timers = { accept, silence: undefined, quit: undefined };
    this.#writer.write(parts.name, () => {});
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

  /** What was said before a silence is whole, unless it is only we who do not listen. */
  #awaitSilence(): void {
    const { wire, limits } = this.#parts;
    clearTimeout(this.#timers.silence);
    this.#timers.silence = setTimeout(() => {
      if (wire.holdsBack()) this.#awaitSilence();
      else this.#flush();
    }, limits.legacySilenceMs);
  }

  disconnected(error: LinkError): void {
    this.#flush();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#writer.stop();
    this.#posts.close();
    this.#parts.listener.closed(this.#end ?? this.#lost(error));
  }

  /** An unknown server that closes as soon as it has the name, time after time, is no chat server. */
  #lost(error: LinkError): UpstreamEnd {
    const { limits, memory } = this.#parts;
    const isHangUp =
      !this.#family && closedCodes.has(error.code) && performance.now() - this.#namedAtMs < limits.legacyHangUpMs;
    memory.hangUps = isHangUp ? memory.hangUps + 1 : 0;
    return memory.hangUps < limits.legacyHangUpsMax
      ? { kind: "lost", error }
      : { kind: "refused", refusal: hangUpRefusal };
  }

  async post(request: PostRequest): Promise<PostAnswer> {
    if (this.#end) return { ok: false, code: "offline", message: "the conversation is ending" };
    if (request.room !== lobby) {
      return { ok: false, code: "no-such-room", message: "this server has one room and no private messages" };
    }
    return this.#posts.post(request);
  }

  async rename(): Promise<JoinAnswer> {
    return { ok: false, code: "unknown-command", message: "this server cannot change a name: quit and join again" };
  }

  async ask(): Promise<CommandAnswer> {
    return { ok: false, code: "unknown-command", message: "this is an old server: it has one room and no history" };
  }

  quit(): void {
    if (this.#end) return;
    this.#end = { kind: "quit" };
    // A name that is not accepted yet cannot leave properly; it gets the same time as a message that is not written.
    this.#timers.quit = setTimeout(() => this.#hurry(), this.#parts.limits.legacyQuitMs);
    if (this.#accepted) this.#leave();
  }

  /** Says `{quit}` after everything that still waits to be written, and when the server can be done with reading that. */
  #leave(): void {
    const { wire, limits } = this.#parts;
    const written = () => {
      clearTimeout(this.#timers.quit);
      this.#timers.quit = setTimeout(() => wire.reset(), limits.legacyQuitMs);
    };
    this.#writer.write(quitText, written, () => limits.legacyQuitGapMs);
  }

  /** Too much waits to be written, or no welcome has come: leaves without that. */
  #hurry(): void {
    if (!this.#accepted) {
      this.#parts.wire.reset();
      return;
    }
    this.#timers.quit = setTimeout(() => this.#parts.wire.reset(), this.#parts.limits.legacyQuitMs);
    this.#posts.close();
    this.#writer.clear();
    this.#leave();
  }

  #flush(): void {
    for (const item of this.#parser.flush()) this.#handle(item);
  }

  #handle(item: LegacyItem): void {
    if (item.type === "greeting" || this.#end?.kind === "refused") return;
    if (item.type === "taken") {
      // The server waits for another name. A FIN would be a nameless join, and a reset is none.
      this.#refused({ code: "name-taken", message: "somebody here has that name" });
      return;
    }
    if (!this.#accepted && item.type === "other" && isSalottoGreeting(item.text)) {
      // It is no old server at all, it was only slow. The next attempt waits for it.
      this.#parts.memory.greetsAsSalotto = true;
      this.#parts.wire.fail("late-greeting");
      return;
    }
    if (item.type === "welcome") this.#writer.allRead();
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
    if (this.#end?.kind === "quit") this.#leave();
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
    // Somebody of our name left, and the only one we know is ourselves: a ghost of an earlier connection.
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
    if (clean === "" || (this.#end && clean === quitText)) return;
    this.#parts.listener.event({ type: "notice", text: clean, time: now() });
  }

  /** Tells a message under the next local number; own ones with the request they answer. */
  #message(from: string, text: string, own?: PostRequest): Extract<PostAnswer, { ok: true }> {
    const seq = this.#lastSeq + 1;
    this.#parts.memory.heard.set(lobby, seq);
    const stored = { msgid: crypto.randomUUID(), seq, time: now() };
    const mine = own ? { id: own.id, ...(own.action ? { action: true } : {}) } : {};
    this.#parts.listener.event({ type: "message", room: lobby, ...stored, from: shown(from), text, ...mine });
    return { ok: true, ...stored };
  }

  #presence(name: string): { room: string; name: string; count: number; time: string } {
    return { room: lobby, name: shown(name), count: this.#people.count, time: now() };
  }

  #tellOnline(): void {
    if (!this.#accepted) return;
    const lacks = new Set<Lack>(commonLacks);
    if (this.#posts.confirms) lacks.delete("delivery");
    if (!this.#family?.uniqueNames) lacks.add("unique-names");
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

/** Names arrive as other clients sent them, spaces, controls and all. */
function shown(name: string): string {
  return oneLine(name) || "?";
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}

function now(): string {
  return new Date().toISOString();
}
