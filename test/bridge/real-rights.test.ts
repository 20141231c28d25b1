/** Rights from the page's wire to a real server and back: what a page that reloads knows of them, and how one is taken out. */
import { expect, it } from "vitest";
import { bridgeLimits } from "../../bridge/limits.ts";
import { admin } from "../server/moderation-rig.ts";
import { ask } from "../support/rights-walk.ts";
import { startTestServer, type TestServer } from "../support/test-server.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

/** A server greets whoever says nothing a moment later. */
const limits = { greetingMs: bridgeLimits.greetingMs };

async function inChat({ port }: TestServer, name: string) {
  const bridge = await bridgeTo({ port, limits });
  const page = await openPage(bridge);
  expect(await page.join(name)).toEqual({ ok: true, name });
  await until(() => page.events.some(({ type }) => type === "joined"));
  const reloaded = async (room: string) => {
    const again = await openPage(bridge, page.handshake);
    const { rooms = [] } = await until(() => again.snapshots[0]);
    return rooms.find((each) => each.room === room);
  };
  return { page, reloaded };
}

const told = (page: TestPage, type: string) => until(() => page.events.findLast((event) => event.type === type));

it("a page that reloads knows how a room is run, who is what there, and what it may do", async () => {
  const server = await startTestServer();
  const anna = await inChat(server, "anna");
  const bruno = await inChat(server, "bruno");
  await anna.page.ask({ type: "join", room: "dev" });
  await bruno.page.ask({ type: "join", room: "dev" });
  await until(() => anna.page.events.some((event) => event.type === "member-joined" && event.room === "dev"));
  expect((await anna.reloaded("dev"))?.may).toContain("room-settings");
  await anna.page.ask({ type: "room-settings", room: "dev", topicLocked: true, slowSeconds: 30 });
  await anna.page.ask({ type: "role", room: "dev", name: "bruno", role: "moderator" });
  await until(() => bruno.page.events.some((event) => event.type === "may" && event.role === "moderator"));
  expect(await bruno.reloaded("dev")).toMatchObject({
    settings: { topicLocked: true, slowSeconds: 30 },
    role: "moderator",
    may: expect.arrayContaining(["kick", "post"]),
    members: [
      { name: "anna", role: "owner" },
      { name: "bruno", role: "moderator" },
    ],
  });
  await anna.page.ask({ type: "role", room: "dev", name: "bruno", role: "none" });
  const end = new Date(Date.now() + 3_600_000).toISOString();
  await anna.page.ask({ type: "mute", room: "dev", name: "bruno", until: end });
  await until(() => bruno.page.events.some((event) => event.type === "may" && event.mutedUntil !== undefined));
  const muted = await bruno.reloaded("dev");
  expect(muted).toMatchObject({ mutedUntil: end, may: [] });
  expect(muted?.role).toBeUndefined();
});

it("whoever is taken out of the chat hears why, and does not come back by themselves", async () => {
  const server = await startTestServer({ admins: ["root"] });
  const root = await admin(server);
  const bruno = await inChat(server, "bruno");
  await ask(root, { type: "kick", name: "bruno", reason: "spam" });
  await until(() => bruno.page.connection?.phase === "idle");
  const message = "you were taken out of the chat by root: spam";
  expect(bruno.page.connection).toEqual({ phase: "idle", refusal: { code: "kicked", message, about: "spam" } });
  expect(await bruno.page.join("bruno")).toMatchObject({ ok: true });

  const end = new Date(Date.now() + 3_600_000).toISOString();
  await ask(root, { type: "ban", name: "bruno", until: end, reason: "again" });
  await until(() => bruno.page.connection?.phase === "idle");
  expect(bruno.page.connection).toMatchObject({ refusal: { code: "banned", about: "again" } });
  const refused = { ok: false, code: "banned", until: end, about: "again" };
  expect(await bruno.page.join("bruno")).toMatchObject(refused);
  expect(await until(() => bruno.page.connection)).toMatchObject({ refusal: { code: "banned", until: end } });
});

it("whoever is banned from a room is told until when and why, also when they try again", async () => {
  const server = await startTestServer();
  const anna = await inChat(server, "anna");
  const bruno = await inChat(server, "bruno");
  await anna.page.ask({ type: "join", room: "dev" });
  await bruno.page.ask({ type: "join", room: "dev" });
  const end = new Date(Date.now() + 3_600_000).toISOString();
  expect(
    await anna.page.ask({ type: "ban", room: "dev", name: "bruno", until: end, reason: "too loud" }),
  ).toMatchObject({ ok: true });
  expect(await told(bruno.page, "member-left")).toMatchObject({ reason: "banned", by: "anna", why: "too loud" });
  expect(await bruno.page.ask({ type: "join", room: "dev" })).toMatchObject({
    ...{ ok: false, code: "banned" },
    ...{ until: end, about: "too loud" },
  });
  expect(await bruno.reloaded("dev")).toBeUndefined();
});
