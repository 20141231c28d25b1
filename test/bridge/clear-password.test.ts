import { describe, expect, it, onTestFinished } from "vitest";
import { bridgeLimits } from "../../bridge/limits.ts";
import { Proof } from "../../bridge/proof.ts";
import { SalottoClient } from "../../bridge/upstream/salotto-client.ts";
import type { UpstreamEnd } from "../../bridge/upstream/upstream.ts";
import type { JoinCredentials } from "../../protocol/bridge-events.ts";
import { password } from "../doubles/accounts-server.ts";
import type { Json } from "../doubles/json-server.ts";

describe("a password is not sent where others could read it", () => {
  /** A connection to a server on the network, as far as it has greeted. */
  function onNetwork(credentials: JoinCredentials, isPrivate = false) {
    const written: Json[] = [];
    const ends: UpstreamEnd[] = [];
    const client = new SalottoClient({
      ...{ name: "anna", limits: bridgeLimits, isPrivate },
      memory: {
        heard: new Map(),
        log: undefined,
        proof: new Proof(credentials, "x"),
        greetsAsSalotto: true,
        hangUps: 0,
      },
      wire: {
        write: (text) => void written.push(JSON.parse(text)),
        ...{ bytesWaiting: () => 0, holdsBack: () => false, end: () => {}, fail: () => {} },
        reset: () => client.disconnected({ code: "reset", message: "" }),
      },
      listener: {
        ...{
          online: () => {},
          answered: () => {},
          renamed: () => {},
          sent: () => {},
          received: () => {},
          event: () => {},
        },
        closed: (end) => void ends.push(end),
      },
    });
    const answer = (event: Json) => client.receive(Buffer.from(`${JSON.stringify(event)}\n`));
    const limits = { textBytesMax: 1, nameCharsMax: 1, lineBytesMax: 1 };
    answer({ type: "welcome", version: 1, server: "s", limits, features: ["accounts"] });
    onTestFinished(() => client.disconnected({ code: "over", message: "" }));
    return { client, written, ends, answer };
  }

  it.each<[string, JoinCredentials]>([
    ["a new account's", { password, register: true }],
    ["the chat's own", { chatPassword: password }],
    ["one instead of an administrator's", { password, newPassword: "new" }],
  ])("%s, unless that is meant, or nobody can", (_, credentials) => {
    const refused = onNetwork(credentials);
    expect(refused.ends).toMatchObject([{ kind: "refused", refusal: { code: "clear-password" } }]);
    expect(refused.written.map(({ type }) => type)).toEqual(["hello"]);
    expect(onNetwork({ ...credentials, clearIsMeant: true }).written).toHaveLength(2);
    expect(onNetwork(credentials, true).written).toHaveLength(2);
  });

  it("but one that is only to be proved needs no sending", () => {
    const { written, ends } = onNetwork({ password });
    expect(ends).toEqual([]);
    expect(written[1]).toMatchObject({ type: "authenticate", mechanism: "SCRAM-SHA-256" });
  });

  it("by a command of a page either", async () => {
    const { client, written, answer } = onNetwork({});
    answer({ type: "ok", name: "anna", label: "2" });
    for (const command of [
      { type: "register", password } as const,
      { type: "change-password", old: password, new: "x" } as const,
      { type: "unregister", password } as const,
    ]) {
      expect(await client.ask(command)).toMatchObject({ ok: false, code: "clear-password" });
      void client.ask({ ...command, clearIsMeant: true });
      expect(written.at(-1)).toMatchObject(command);
      expect(written.at(-1)).not.toHaveProperty("clearIsMeant");
    }
    expect(written).toHaveLength(5);
  });
});
