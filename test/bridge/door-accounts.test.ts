/** A new account in a chat that has a password of its own. */
import { expect, it, onTestFinished } from "vitest";
import { accountsAnswer, refusal } from "../doubles/accounts-server.ts";
import { startJsonServer } from "../doubles/json-server.ts";
import { bridgeTo, openPage } from "./page.ts";

it.each([
  ["lets them in, and they register there", undefined, ["login", "register"]],
  ["lets in only people with an account", "account-required", ["login", "register", "login"]],
] as const)("joining with a new account says the password of the chat first, which %s", async (_, code, asked) => {
  const answer = accountsAnswer();
  let refusals = code === undefined ? 0 : 1;
  const server = await startJsonServer((command, connection) => {
    if (command.type === "login" && refusals-- > 0) return refusal(code ?? "");
    return answer(command, connection);
  });
  onTestFinished(() => server.close());
  const page = await openPage(await bridgeTo({ port: server.port }));
  const given = { password: "new password", register: true, chatPassword: "sesame" };
  expect(await page.socket.emitWithAck("join", { name: "bruno", ...given })).toEqual({
    ok: true,
    name: "bruno",
    token: "token 1",
  });
  const { received = [] } = server.connections[0] ?? {};
  expect(received.slice(1, 1 + asked.length).map(({ type }) => type)).toEqual(asked);
  expect(received[1]).toMatchObject({ type: "login", password: "sesame" });
});
