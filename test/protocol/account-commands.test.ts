/** The commands about accounts accept what they should, and nothing unbounded. */
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { accountCommands, invitationCommands, secretFields } from "../../protocol/account-commands.ts";

const all = { ...accountCommands, ...invitationCommands };

type Type = keyof typeof all;

const accepts = (type: Type, fields: object) => v.safeParse(all[type].fields, fields).success;

describe("what is accepted", () => {
  test.each<[Type, object]>([
    ["register", { password: "correct horse" }],
    ["register", { password: "correct horse", name: "anna", device: "laptop", invitation: "abcd" }],
    ["authenticate", { name: "anna", password: "correct horse" }],
    ["authenticate", { token: "a.b" }],
    ["authenticate", { mechanism: "SCRAM-SHA-256", data: "biwsbj1hbm5hLHI9eA==" }],
    ["change-password", { old: "a", new: "b" }],
    ["unregister", { password: "a" }],
    ["sessions", {}],
    ["sign-out", {}],
    ["sign-out", { id: "a" }],
    ["make-invitation", { uses: 1, days: 7 }],
    ["make-invitation", {}],
    ["invitations", {}],
    ["drop-invitation", { id: "abcd" }],
  ])("%s %j", (type, fields) => expect(accepts(type, fields)).toBe(true));
});

describe("what is refused", () => {
  test.each<[Type, object]>([
    ["register", {}],
    ["register", { password: "x".repeat(257) }],
    ["register", { password: 7 }],
    ["authenticate", { token: "x".repeat(129) }],
    ["authenticate", { mechanism: "PLAIN", data: "" }],
    ["authenticate", { mechanism: "SCRAM-SHA-256", data: "x".repeat(2_049) }],
    ["authenticate", { token: "a.b", device: "x".repeat(101) }],
    ["change-password", { new: "b" }],
    ["make-invitation", { uses: 0 }],
    ["make-invitation", { days: 1.5 }],
    ["make-invitation", { days: 366 }],
    ["drop-invitation", {}],
  ])("%s %j", (type, fields) => expect(accepts(type, fields)).toBe(false));
});

test("what is secret is a field of some command", () => {
  const fields = Object.values(all).flatMap((command) => Object.keys(command.fields.entries));
  for (const secret of secretFields) expect(fields).toContain(secret);
});
