/** Both dialects on a wire that the test controls: nothing may depend on how a network cuts and delays data. */
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bridgeLimits } from "../../bridge/limits.ts";
import { Proof } from "../../bridge/proof.ts";
import { LegacyClient } from "../../bridge/upstream/legacy-client.ts";
import { SalottoClient } from "../../bridge/upstream/salotto-client.ts";
import type { UpstreamEnd } from "../../bridge/upstream/upstream.ts";
import type { UpstreamClientParts } from "../../bridge/upstream/upstream-client.ts";
import type { PageEvent } from "../../protocol/bridge-events.ts";
import { eventLimits, wireLimits } from "../../protocol/limits.ts";

let written: string[];
let failed: string[];
let events: PageEvent[];
let ends: UpstreamEnd[];
let parts: UpstreamClientParts;

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  failed = [];
  events = [];
  ends = [];
  parts = {
    name: "anna",
    limits: bridgeLimits,
    isPrivate: true,
    memory: { heard: new Map(), log: undefined, proof: new Proof({}, "Firefox"), greetsAsSalotto: false, hangUps: 0 },
    wire: {
      write: (text) => void written.push(text),
      bytesWaiting: () => 0,
      holdsBack: () => false,
      end: () => {},
      reset: () => void failed.push("reset"),
      fail: (code) => void failed.push(code),
    },
    listener: {
      online: () => {},
      answered: () => {},
      renamed: () => {},
      sent: () => {},
      received: () => {},
      event: (event) => void events.push(event),
      closed: (end) => void ends.push(end),
    },
  };
});

afterEach(() => void vi.useRealTimers());

const said = () => events.filter((event) => event.type === "message").map(({ from, text }) => `${from}: ${text}`);
const post = (text: string) => ({ id: randomUUID(), room: "lobby", text });

describe("the old wire", () => {
  const welcome = "Welcome anna! If you ever want to quit, type {quit} to exit.";
  const greeting = "Greetings from the cave! Now type your name and press enter!";

  function joined(): LegacyClient {
    const link = new LegacyClient(parts, greeting);
    link.receive(Buffer.from(welcome));
    vi.advanceTimersByTime(bridgeLimits.legacyGapMs);
    return link;
  }

  it("may come byte by byte, characters of several bytes among them", () => {
    const link = joined();
    for (const byte of Buffer.from("bruno: però 🙂")) link.receive(Buffer.of(byte));
    expect(said()).toEqual([]);
    vi.advanceTimersByTime(bridgeLimits.legacySilenceMs);
    expect(said()).toEqual(["bruno: però 🙂"]);
  });

  it("confirms our message by our own name only: another may say the same", async () => {
    const link = joined();
    const answer = link.post(post("ciao"));
    link.receive(Buffer.from("bruno: ciao"));
    vi.advanceTimersByTime(bridgeLimits.legacySilenceMs);
    expect(said()).toEqual(["bruno: ciao"]);
    link.receive(Buffer.from("anna: ciao"));
    vi.advanceTimersByTime(bridgeLimits.legacySilenceMs);
    expect(said()).toEqual(["bruno: ciao", "anna: ciao"]);
    expect(await answer).toMatchObject({ ok: true });
    expect(events.at(-1)).not.toHaveProperty("unconfirmed");
  });

  it("answers a message that was not echoed just when the time is up", async () => {
    const link = joined();
    const answer = link.post(post("ciao"));
    await vi.advanceTimersByTimeAsync(bridgeLimits.legacyEchoMs - 1);
    expect(said()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toMatchObject({ ok: true });
    expect(events.at(-1)).toMatchObject({ text: "ciao", unconfirmed: true });
  });

  it("tells what had arrived before the connection broke", () => {
    const link = joined();
    link.receive(Buffer.from("bruno: addio"));
    link.disconnected({ code: "ECONNRESET", message: "" });
    expect(said()).toEqual(["bruno: addio"]);
    expect(ends).toEqual([{ kind: "lost", error: { code: "ECONNRESET", message: "" } }]);
  });

  it("has no second message before the first came back, or should have: a slow reader would take them for one", () => {
    const link = joined();
    for (const text of ["uno", "due", "tre"]) link.post(post(text));
    vi.advanceTimersByTime(bridgeLimits.legacyReadMs - 1);
    expect(written).toEqual(["anna", "uno"]);
    vi.advanceTimersByTime(1);
    expect(written).toEqual(["anna", "uno", "due"]);
    // The echo of an earlier message says nothing about the last one.
    link.receive(Buffer.from("anna: uno"));
    vi.advanceTimersByTime(bridgeLimits.legacyGapMs);
    expect(written).toEqual(["anna", "uno", "due"]);
    link.receive(Buffer.from("anna: due"));
    vi.advanceTimersByTime(bridgeLimits.legacySilenceMs);
    expect(written).toEqual(["anna", "uno", "due", "tre"]);
  });

  it("is left as soon as the last message came back and the gap is over", () => {
    const link = joined();
    link.post(post("ciao"));
    link.quit();
    link.receive(Buffer.from("anna: ciao"));
    vi.advanceTimersByTime(bridgeLimits.legacyGapMs - 1);
    expect(written).toEqual(["anna", "ciao"]);
    vi.advanceTimersByTime(1);
    expect(written).toEqual(["anna", "ciao", "{quit}"]);
  });

  it("is left only after a long gap when nothing comes back, so that the goodbye stands alone", () => {
    const link = joined();
    link.post(post("ciao"));
    link.quit();
    vi.advanceTimersByTime(bridgeLimits.legacyQuitGapMs - 1);
    expect(written).toEqual(["anna", "ciao"]);
    vi.advanceTimersByTime(1);
    expect(written).toEqual(["anna", "ciao", "{quit}"]);
    vi.advanceTimersByTime(bridgeLimits.legacyQuitMs - 1);
    expect(failed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(failed).toEqual(["reset"]);
  });

  it("is not left by {quit} before the name was accepted", () => {
    const link = new LegacyClient(parts, greeting);
    link.quit();
    vi.advanceTimersByTime(bridgeLimits.legacyQuitMs - 1);
    expect([written, failed]).toEqual([["anna"], []]);
    vi.advanceTimersByTime(1);
    expect([written, failed]).toEqual([["anna"], ["reset"]]);
  });

  it("is left as soon as the name is accepted, when the person could not wait", () => {
    const link = new LegacyClient(parts, greeting);
    link.quit();
    link.receive(Buffer.from(welcome));
    vi.advanceTimersByTime(bridgeLimits.legacyGapMs);
    expect(written).toEqual(["anna", "{quit}"]);
  });

  it("of an unknown server that hangs up at the name is given up at the bound, unless one lasted in between", () => {
    const { legacyHangUpMs, legacyHangUpsMax } = bridgeLimits;
    function hangUpAfter(ms: number): void {
      const link = new LegacyClient(parts, "");
      vi.advanceTimersByTime(ms);
      link.disconnected({ code: "closed-by-server", message: "" });
    }
    for (let time = 1; time < legacyHangUpsMax; time++) hangUpAfter(legacyHangUpMs - 1);
    hangUpAfter(legacyHangUpMs);
    for (let time = 1; time < legacyHangUpsMax; time++) hangUpAfter(legacyHangUpMs - 1);
    expect(ends.map(({ kind }) => kind)).toEqual(Array(2 * legacyHangUpsMax - 1).fill("lost"));
    hangUpAfter(0);
    expect(ends.at(-1)).toMatchObject({ kind: "refused", refusal: { code: "not-a-chat" } });
  });

  it("that never welcomes anybody is given up", () => {
    new LegacyClient(parts, greeting);
    vi.advanceTimersByTime(bridgeLimits.answerMs);
    expect(failed).toEqual(["no-answer"]);
  });
});

describe("the json wire", () => {
  function joined(): SalottoClient {
    const link = new SalottoClient(parts);
    const limits = { textBytesMax: 1, nameCharsMax: 1, lineBytesMax: 1 };
    const welcome = { type: "welcome", label: "1", version: 1, server: "s", limits, features: [] };
    link.receive(Buffer.from(`${JSON.stringify(welcome)}\n`));
    link.receive(Buffer.from('{"type":"ok","label":"2","name":"anna"}\n'));
    return link;
  }

  it("is pinged when it has been idle, and not before", () => {
    const link = joined();
    vi.advanceTimersByTime(bridgeLimits.pingMs - 1);
    link.receive(Buffer.from("\n"));
    vi.advanceTimersByTime(bridgeLimits.pingMs - 1);
    expect(written).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(written.at(-1)).toBe('{"type":"ping","label":"3"}\n');
    vi.advanceTimersByTime(bridgeLimits.answerMs);
    expect(failed).toEqual(["no-answer"]);
  });

  it("may come byte by byte", () => {
    const link = joined();
    const event = { type: "notice", text: "però 🙂", time: "2026-01-01T00:00:00.000Z" };
    for (const byte of Buffer.from(`${JSON.stringify(event)}\n`)) link.receive(Buffer.of(byte));
    expect(events).toEqual([event]);
  });

  it("may have lines as long as the lists of a full server are", () => {
    const link = joined();
    const member = { name: "x".repeat(eventLimits.wordCharsMax - 16) };
    const count = Math.floor((wireLimits.eventBytesMax - 100) / (JSON.stringify(member).length + 1));
    const event = { type: "joined", room: "lobby", members: Array(count).fill(member), seq: 0 };
    link.receive(Buffer.from(`${JSON.stringify(event)}\n`));
    expect(events).toEqual([{ ...event, upTo: 0 }]);
  });
});
