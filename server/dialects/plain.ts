/**
 * The plain dialect: lines of text, for people at a terminal and for the old clients. It asks for a name,
 * passes on what is typed after that, and tells events as lines. How messages are framed is not its concern.
 */
import type { ByeCode, EntryEvent, LeaveReason, RoomEvent } from "../../protocol/events.ts";
import { mayHoldPassword } from "../../protocol/held-back.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineTooLongError } from "../../protocol/line-splitter.ts";
import { clean } from "../../protocol/text.ts";
import type { Chat } from "../chat/chat.ts";
import type { Quotes, Recipient } from "../chat/ports.ts";
import { Visit } from "../chat/room.ts";
import { byeReasons } from "./bye.ts";
import type { Client, Dialect, DialectParts, Greeting, Spoken } from "./dialect.ts";
import { PlainAccounts } from "./plain-accounts.ts";
import { parseLine } from "./plain-commands.ts";
import { ChunkFraming, type Framing, LineFraming, type Received } from "./plain-framing.ts";
import { explainName, ownLine, type PlainLine, serverLine, type Wording } from "./plain-lines.ts";
import { createPlainRenderers, type PlainRenderer, type PlainRenderers } from "./plain-renderer.ts";
import { PlainVerbs } from "./plain-verbs.ts";
import type { Voice } from "./plain-voice.ts";
import { Signature } from "./signature.ts";
import { IAC } from "./telnet.ts";
import type { Texts } from "./texts/en.ts";

interface PlainOptions {
  chat: Chat;
  client: Client;
  framing: Framing;
  renderers: PlainRenderers;
  /** Shows people their own messages, as their terminal does not, or they want it. */
  echo: boolean;
}

/** The longest character in UTF-8. */
const CHARACTER_BYTES = 4;

/** A telnet that negotiates at once, those who end each line, and those who frame nothing. */
export function plainDialects(parts: DialectParts, greeting: Greeting): Record<"telnet" | "line" | "chunk", Spoken> {
  const { chat, texts, echo, chunkBytesMax } = parts;
  const renderers = createPlainRenderers({ texts }, chunkBytesMax);
  const line: Spoken = {
    kind: "line",
    detect: ({ hasLine, first }) => {
      if (hasLine) return "yes";
      // One character at first is a terminal that sends each key as it is typed: its line will end some time.
      return isOneCharacter(first) ? "wait" : "no";
    },
    greeting,
    create: (client) => new PlainDialect({ chat, client, framing: new LineFraming(), renderers, echo }),
  };
  return {
    telnet: { ...line, kind: "telnet", detect: ({ bytes }) => (bytes[0] === IAC ? "yes" : "no") },
    line,
    chunk: {
      kind: "chunk",
      detect: ({ silent }) => (silent ? "yes" : "wait-for-silence"),
      greeting,
      unframed: { leftOut: (count) => Buffer.from(`* ${texts.leftOut(count)}`) },
      create: (client) => new PlainDialect({ chat, client, framing: new ChunkFraming(), renderers, echo: true }),
    },
  };
}

function isOneCharacter(bytes: Uint8Array): boolean {
  return bytes.length <= CHARACTER_BYTES && [...Buffer.from(bytes).toString("utf8")].length === 1;
}

class PlainDialect implements Dialect, Voice {
  readonly #chat: Chat;
  readonly #client: Client;
  readonly #framing: Framing;
  readonly #renderers: PlainRenderers;
  readonly #echo: boolean;
  readonly #signature = new Signature();
  readonly #visit: Visit;
  readonly #accounts: PlainAccounts;
  #verbs: PlainVerbs | undefined;
  /** Nothing more is read. */
  #over = false;
  /** The person is out of the chat; what they were told before may still be on its way. */
  #gone = false;

  constructor({ chat, client, framing, renderers, echo }: PlainOptions) {
    this.#chat = chat;
    this.#client = client;
    this.#framing = framing;
    this.#renderers = renderers;
    this.#echo = echo;
    this.#visit = new Visit(client.asker);
    const take = (name: string) => (this.#verbs ? this.#verbs.rename(name) : this.#name(name));
    this.#accounts = new PlainAccounts({ chat, visit: this.#visit, voice: this, take });
  }

  *receive(bytes: Uint8Array): Generator<void> {
    if (this.#over) return;
    try {
      for (const message of this.#framing.read(bytes)) {
        this.#receive(message);
        yield;
      }
    } catch (error) {
      if (!(error instanceof LineTooLongError)) throw error;
      this.dismiss("line-too-long");
    }
  }

  finish(): void {
    for (const message of this.#framing.rest()) this.#receive(message);
    this.#close("closed");
  }

  slow(): void {
    this.say(this.#texts.slow);
  }

  dismiss(code: ByeCode): void {
    if (this.#over) return;
    this.say(this.#texts.bye(code));
    this.#close(byeReasons[code].leaving);
  }

  vanish(reason: LeaveReason): void {
    if (this.#verbs && !this.#gone) this.#chat.quit(this.#verbs.member, reason);
    this.#gone = true;
    this.#chat.accounts.logins.left(this.#visit);
  }

  get wording(): Wording {
    return this.#renderer.wording;
  }

  say(...texts: string[]): void {
    this.#chat.inTurn(() => this.sendLines(texts.map(ownLine)));
  }

  sendLines(lines: readonly PlainLine[]): void {
    this.#send(this.#renderer.lines(lines));
  }

  quit(): void {
    this.dismiss("quit");
  }

  get #texts(): Texts {
    return this.wording.texts;
  }

  get #renderer(): PlainRenderer {
    return this.#renderers[this.#framing.delimiter];
  }

  #deliver(event: RoomEvent, quotes?: Quotes): void {
    if (event.type === "message") this.#verbs?.history.heard(event);
    const isOut = event.type === "member-left" && event.name === this.#verbs?.member.name;
    if (isOut || event.type === "room-removed") this.#verbs?.outOf(event.room);
    this.#send(
      this.#isElsewhere(event) ? this.#renderer.elsewhere(event, quotes) : this.#renderer.event(event, quotes),
    );
  }

  #receive(received: Received): void {
    if (this.#over) return;
    if (received === undefined) return this.say(this.#texts.notUtf8);
    if (received.length > wireLimits.typedCharsMax) {
      return this.say(this.#verbs ? this.#texts.textProblem("too-long") : this.#texts.nameProblem("too-long"));
    }
    const { text, dropped } = clean(received);
    if (this.#accounts.isAsking) this.#accounts.answer(text);
    else if (this.#verbs) this.#verbs.take(this.#signature.without(text));
    else this.#name(text);
    if (dropped && !this.#over) this.say(this.#texts.dropped(dropped));
  }

  #name(typed: string): void {
    const line = parseLine(typed);
    if (line.type === "command" && line.word === "quit") return this.quit();
    const isGlued = this.#framing.delimiter === "chunk";
    // A name is told to everybody.
    if (mayHoldPassword(typed, { isGlued }) || this.#accounts.wasTried(typed)) return this.say(this.#texts.nameFirst);
    // Otherwise somebody who signs every text would be refused for ever.
    const signed = this.#signature.recognize(typed);
    const name = signed?.name ?? typed;
    if (this.#accounts.asksFor(name) || this.#accounts.asksAtDoor(name)) return;
    const recipient: Recipient = {
      ...this.#client.asker,
      deliver: (event, quotes) => this.#deliver(event, quotes),
    };
    const member = this.#chat.login(
      signed?.name ?? typed,
      recipient,
      (outcome) => {
        const texts = this.#texts;
        if (!outcome.ok) return this.sendLines([serverLine(explainName(texts, outcome))]);
        const explained = signed ? [texts.signed(outcome.name)] : [];
        const dropped = outcome.dropped ? [texts.dropped(outcome.dropped)] : [];
        this.sendLines([...explained, texts.welcome(outcome.name), ...dropped].map(serverLine));
      },
      { visit: this.#visit },
    );
    if (!member) return;
    this.#client.loggedIn();
    this.#verbs = new PlainVerbs(member, {
      chat: this.#chat,
      voice: this,
      accounts: this.#accounts,
      echo: this.#echo,
      isGlued,
    });
    this.#verbs.history.showMissed();
    if (signed) this.#verbs.take(signed.text);
  }

  #isElsewhere(event: RoomEvent): event is EntryEvent {
    return isEntry(event) && !event.room.startsWith("@") && event.room !== this.#verbs?.room;
  }

  /** Ends the connection after everything due in this turn. */
  #close(reason: LeaveReason): void {
    if (this.#over) return;
    this.#over = true;
    this.vanish(reason);
    this.#chat.inTurn(() => this.#client.end());
  }

  #send(writes: readonly Uint8Array[]): void {
    for (const bytes of writes) this.#client.send(bytes);
  }
}

function isEntry(event: RoomEvent): event is EntryEvent {
  const { type } = event;
  return type === "message" || type === "edit" || type === "delete" || type === "react";
}
