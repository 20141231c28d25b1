/** What the page says about who can read along between the bridge and the server, and why a server is refused. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import type { ConnectionState, Protection, TlsRefusalCode } from "../../protocol/bridge-events.ts";
import { en } from "../../ui/locales/en.ts";
import { it } from "../../ui/locales/it.ts";
import { salotto } from "../ui/story.ts";
import { button, openJoinForm, openRoom, phone, status } from "./open-page.ts";

const key = "SHA256:61N19i/mP6lsUhLkmvzJr6LOo+BGL9Hf4NAL38YY//A";
const online = (protection?: Protection): ConnectionState => ({
  phase: "online",
  upstream: { ...salotto, ...(protection && { protection }) },
});
const tls = (by: Extract<Protection, { kind: "tls" }>["by"]) => online({ kind: "tls", by, key, version: "TLSv1.3" });

test("while nothing leaves this computer, nothing is said about it", async () => {
  await openRoom([], { connection: online() });
  await expect.element(button("Online")).toBeVisible();
});

test("an encrypted connection has a lock, a connection in clear says that it is one", async () => {
  const { client } = await openRoom([], { connection: tls("known-key") });
  await expect.element(button("Online encrypted")).toBeVisible();
  client.bridge.connection(online({ kind: "none" }));
  await expect.element(status.getByText("not encrypted")).toBeVisible();
  await expect.element(button("Online not encrypted")).toBeVisible();
});

test.each(["authority", "known-key", "first-use", "fingerprint"] as const)(
  "the details say how the server was recognised: %s",
  async (by) => {
    const { client } = await openRoom([], { connection: tls(by), size: phone });
    await page.getByTitle(en.inspect).click();
    await client.inspections[0]?.answer({ serverMs: 3, lines: [] });
    await expect.element(page.getByText(en.protection.recognised[by])).toBeVisible();
    await expect.element(page.getByText(`TLSv1.3, key ${key}`)).toBeVisible();
  },
);

test("the details say what a connection in clear means, and nothing when it is gone", async () => {
  const { client } = await openRoom([], { connection: online({ kind: "none" }) });
  await page.getByTitle(en.inspect).click();
  await client.inspections[0]?.answer({ serverMs: 3, lines: [] });
  await expect.element(page.getByText(en.protection.recognised.none)).toBeVisible();
  const error = { code: "ECONNREFUSED", message: "" };
  client.bridge.connection({ phase: "waiting", attempt: 1, retryInMs: 1_000, error });
  await expect.element(page.getByText(en.protection.recognised.none)).not.toBeInTheDocument();
});

const codes = Object.keys(en.failures).filter((code): code is TlsRefusalCode => /^tls-(?!required)/.test(code));

test.each(["en", "it"] as const)("a server that is refused is explained, with what to do, in %s", async (language) => {
  expect(codes).toHaveLength(10);
  const texts = language === "en" ? en : it;
  const { client } = await openJoinForm({ language });
  for (const code of codes) {
    const refusal = { code, message: "not for the page", about: "/home/anna/known-hosts:3" };
    client.bridge.connection({ phase: "idle", refusal });
    await expect.element(page.getByText(`${texts.failures[code]} /home/anna/known-hosts:3`)).toBeVisible();
  }
});
