/** What somebody is asked for after each refusal, and which of their answers still count. */
import { describe, expect, test } from "vitest";
import type { Refusal } from "../../protocol/bridge-events.ts";
import { afterRefusal, ask, firstQuestion, type JoinTalk } from "../../ui/store/model/join-question.ts";

const given = { password: "pw", chatPassword: "sesame", invitation: "i", clearIsMeant: true };
const { password: _, ...ofTheChat } = given;
const talk: JoinTalk = { question: "password", given, isInClear: false };

describe("after a refusal", () => {
  test.each<[Refusal["code"], JoinTalk["question"], JoinTalk["given"]]>([
    ["name-registered", "password", ofTheChat],
    ["wrong-password", "password", ofTheChat],
    ["token-invalid", "password", ofTheChat],
    ["server-unproved", "password", ofTheChat],
    ["password-expired", "new-password", given],
    ["account-required", "account", ofTheChat],
    ["password-required", "chat-password", { password: "pw", invitation: "i", clearIsMeant: true }],
    ["password-invalid", "chat-password", { password: "pw", invitation: "i", clearIsMeant: true }],
    ["invitation-required", "invitation", { password: "pw", chatPassword: "sesame", clearIsMeant: true }],
    ["invitation-invalid", "invitation", { password: "pw", chatPassword: "sesame", clearIsMeant: true }],
    ["too-many-attempts", "password", ofTheChat],
    ["not-stored", "password", ofTheChat],
    ["name-taken", "name", ofTheChat],
    ["no-accounts", "name", ofTheChat],
  ])("as %s, the form asks for the %s, and what was not refused counts", (code, question, counts) => {
    const next = afterRefusal(talk, code);
    expect(next).toEqual({ question, given: counts, isInClear: false });
    // The bridge may say it twice.
    expect(afterRefusal(next, code)).toEqual(next);
  });

  test("because others could read the answer, it waits for the person's choice", () => {
    const next = afterRefusal(talk, "clear-password");
    expect(next).toEqual({ question: "password", given, isInClear: true });
  });

  test("an administrator's password that nobody remembers is asked for again", () => {
    expect(afterRefusal(firstQuestion, "password-expired").question).toBe("password");
  });

  test("too many attempts in another window are about a password", () => {
    expect(afterRefusal(firstQuestion, "too-many-attempts").question).toBe("password");
  });
});

test("another name has another password, in the same chat", () => {
  expect(ask(talk, "name")).toEqual({ question: "name", given: ofTheChat, isInClear: false });
});
