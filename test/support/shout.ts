/**
 * A dialect that the server does not have: its clients begin with `SHOUT`, a space and their name, and shout. It is made
 * of what the server's own are made of, and of nothing else.
 */
import type { ByeCode, LeaveReason, RoomEvent } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter } from "../../protocol/line-splitter.ts";
import { lobby } from "../../protocol/names.ts";
import type { Chat } from "../../server/chat/chat.ts";
import type { Member } from "../../server/chat/room.ts";
import type { Client, Dialect, DialectParts, Refused, Spoken } from "../../server/dialects/dialect.ts";

const FIRST_WORD = "SHOUT ";

export function shoutDialect({ chat }: DialectParts): Spoken {
  return {
    kind: "shout",
    detect: ({ bytes, silent }) => {
      const text = bytes.toString("latin1");
      if (text.startsWith(FIRST_WORD)) return "yes";
      return FIRST_WORD.startsWith(text) && !silent ? "wait-for-silence" : "no";
    },
    greeting: (wasGreeted) => Buffer.from(wasGreeted ? "SHOUT IF YOU CAN!\n" : "YOU CAN SHOUT!\n"),
    create: (client) => new ShoutDialect(chat, client),
  };
}

/** A protocol that the server does not know either, to be refused. */
export const whisperRefused: Refused = {
  kind: "whisper",
  why: "somebody who whispers",
  detect: ({ firstLine }) => (firstLine === "psst" ? "yes" : "no"),
  refusal: Buffer.from("psst! this is no place to whisper\n"),
};

class ShoutDialect implements Dialect {
  readonly #chat: Chat;
  readonly #client: Client;
  readonly #lines = new LineSplitter(wireLimits.lineBytesMax);
  #member: Member | undefined;

  constructor(chat: Chat, client: Client) {
    this.#chat = chat;
    this.#client = client;
  }

  *receive(bytes: Uint8Array): Generator<void> {
    for (const line of this.#lines.push(bytes)) {
      this.#line(Buffer.from(line).toString("utf8"));
      yield;
    }
  }

  finish(): void {
    this.#leave("closed");
  }

  slow(): void {
    this.#shout("not so fast");
  }

  dismiss(code: ByeCode): void {
    this.#shout(code);
    this.#leave(code === "quit" ? "quit" : "closing");
  }

  vanish(reason: LeaveReason): void {
    if (this.#member) this.#chat.quit(this.#member, reason);
    this.#member = undefined;
  }

  #line(line: string): void {
    if (line === "BYE") return this.dismiss("quit");
    if (!this.#member) return this.#login(line.slice(FIRST_WORD.length));
    const post = { room: lobby, id: crypto.randomUUID(), text: line.toUpperCase(), action: false };
    this.#chat.messages.post(this.#member, post, (outcome) => this.#send(outcome.ok ? "ok" : outcome.code));
  }

  #login(name: string): void {
    const recipient = {
      ...this.#client.asker,
      deliver: (event: RoomEvent) => this.#deliver(event),
    };
    this.#member = this.#chat.login(name, recipient, (outcome) => this.#send(outcome.ok ? "come in" : outcome.code));
    if (this.#member) this.#client.loggedIn();
  }

  #deliver(event: RoomEvent): void {
    if (event.type === "message") this.#send(`${event.from} says ${event.text}`);
  }

  #shout(text: string): void {
    this.#chat.inTurn(() => this.#send(text));
  }

  #send(text: string): void {
    this.#client.send(Buffer.from(`${text.toUpperCase()}!\n`));
  }

  #leave(reason: LeaveReason): void {
    this.vanish(reason);
    this.#chat.inTurn(() => this.#client.end());
  }
}
