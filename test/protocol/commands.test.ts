import { describe, expect, test } from "vitest";
import type { CommandType } from "../../protocol/commands.ts";
import { eventLimits } from "../../protocol/limits.ts";
import { parseAnswer, parseCommand } from "../../protocol/parse-command.ts";
import { fc, property } from "../support/property.ts";

const id = "7b3f1f5e-8f5e-4f0e-9d43-1d2c3b4a5f60";

describe("a well-formed value is a command", () => {
  test.each([
    { type: "hello", version: 1 },
    { type: "hello", version: 1, client: "bot/1.0", label: "1" },
    { type: "login", name: "anna" },
    { type: "rename", name: "anna", label: "2" },
    { type: "post", room: "lobby", id, text: "ciao" },
    { type: "post", room: "@bruno", id, text: "ciao", action: true, label: "x" },
    { type: "history", room: "lobby" },
    { type: "history", room: "@bruno", before: 7, limit: 200, label: "h" },
    { type: "history", room: "lobby", after: 0 },
    { type: "join", room: "#Dev" },
    { type: "leave", room: "dev", label: "l" },
    { type: "rooms" },
    { type: "topic", room: "dev", topic: "" },
    { type: "who" },
    { type: "who", room: "lobby" },
    { type: "ping", label: "9" },
    { type: "quit" },
  ])("%j", (command) => {
    expect(parseCommand(command)).toEqual({ ok: true, command });
  });

  test("fields of a later version are ignored", () => {
    expect(parseCommand({ type: "ping", colour: "red" })).toEqual({ ok: true, command: { type: "ping" } });
  });
});

describe("a wrong value is answered with what is wrong", () => {
  test.each([
    ["undefined", { code: "not-json", message: "each line must be one JSON object" }],
    ['"hello"', { code: "not-json", message: "each line must be one JSON object" }],
    ["[1]", { code: "not-json", message: "each line must be one JSON object" }],
    ["null", { code: "not-json", message: "each line must be one JSON object" }],
    [
      '{"label":"7"}',
      {
        code: "unknown-command",
        field: "type",
        label: "7",
        message:
          "type must be one of: hello, login, rename, post, edit, delete, react, reactions, read, typing, conversations, history, search, join, leave, rooms, topic, who, away, people, ping, quit, register, authenticate, change-password, unregister, sessions, sign-out, make-invitation, invitations, drop-invitation, kick, ban, unban, bans, mute, unmute, room-settings, invite, role, remove-room, report, reports, settle-report, block, unblock, blocked, audit",
      },
    ],
    [
      '{"type":"constructor"}',
      {
        code: "unknown-command",
        field: "type",
        message:
          "type must be one of: hello, login, rename, post, edit, delete, react, reactions, read, typing, conversations, history, search, join, leave, rooms, topic, who, away, people, ping, quit, register, authenticate, change-password, unregister, sessions, sign-out, make-invitation, invitations, drop-invitation, kick, ban, unban, bans, mute, unmute, room-settings, invite, role, remove-room, report, reports, settle-report, block, unblock, blocked, audit",
      },
    ],
    [
      '{"type":"post","text":7,"label":"3"}',
      { code: "invalid", field: "text", label: "3", message: "text must be a string" },
    ],
    ['{"type":"login"}', { code: "invalid", field: "name", message: "name is missing" }],
    [
      '{"type":"post","room":"lobby","id":"1","text":"x"}',
      { code: "invalid", field: "id", message: "id must be a UUID" },
    ],
    [
      `{"type":"post","room":"","id":"${id}","text":"x"}`,
      { code: "invalid", field: "room", message: "room must not be empty" },
    ],
    [
      `{"type":"who","room":"${"x".repeat(65)}"}`,
      { code: "invalid", field: "room", message: "room must have at most 64 characters" },
    ],
    ['{"type":"hello","version":"1"}', { code: "invalid", field: "version", message: "version must be a number" }],
    [
      '{"type":"history","room":"lobby","limit":201}',
      { code: "invalid", field: "limit", message: "limit must be at most 200" },
    ],
    [
      '{"type":"history","room":"lobby","limit":0}',
      { code: "invalid", field: "limit", message: "limit must be at least 1" },
    ],
    [
      '{"type":"history","room":"lobby","before":1.5}',
      { code: "invalid", field: "before", message: "before must be a whole number" },
    ],
    ['{"type":"ping","label":1}', { code: "invalid", field: "label", message: "label must be a string" }],
  ])("%s", (json, error) => {
    expect(parseCommand(json === "undefined" ? undefined : JSON.parse(json))).toEqual({ ok: false, error });
  });
});

property("any value is a command or an error with a message", [fc.jsonValue()], (value) => {
  const result = parseCommand(value);
  if (!result.ok) expect(result.error.message).not.toBe("");
});

describe("an answer is read by what was asked", () => {
  const time = "2026-01-01T00:00:00.000Z";

  test.each<[CommandType, object]>([
    ["login", { name: "anna" }],
    ["post", { msgid: "m", seq: 1, time, away: true, dropped: ["controls"] }],
    ["history", { room: "lobby", messages: [], more: false }],
    ["rooms", { rooms: [{ room: "lobby", topic: "", count: 1 }] }],
    ["delete", {}],
  ])("%s: %j", (type, fields) => {
    expect(parseAnswer(type, { type: "ok", label: "1", ...fields, unknown: 1 })).toEqual(fields);
  });

  test.each<[CommandType, object]>([
    ["post", {}],
    ["post", { msgid: "m", seq: 1, time: "yesterday" }],
    ["rooms", { people: [] }],
    ["history", { room: "lobby", messages: [] }],
    ["rooms", { rooms: Array(eventLimits.roomsMax + 1).fill({ room: "r", topic: "", count: 1 }) }],
    ["login", { name: "x".repeat(eventLimits.wordCharsMax + 1) }],
    ["topic", { room: "dev", dropped: Array(eventLimits.featuresMax + 1).fill("controls") }],
  ])("what does not fit is none: %s, of %o", (type, fields) => {
    expect(parseAnswer(type, { type: "ok", label: "1", ...fields })).toBeUndefined();
  });
});
