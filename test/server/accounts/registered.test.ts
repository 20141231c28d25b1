/** Who registers while being here: everybody is told at once, in json, and nobody at a terminal. */
import { expect, test } from "vitest";
import { startTestServer } from "../../support/test-server.ts";
import { connect, join, password, register } from "./rig.ts";

const at = new Date("2026-11-21T10:00:00Z");
const told = { type: "member-registered", room: "lobby", name: "anna", time: at.toISOString() };

test("everybody here is told once that somebody has registered, after the answer, and sees it in the list", async () => {
  const server = await startTestServer({ now: () => at });
  const bruno = await join(server, "bruno");
  const nc = await server.join("carla");
  const anna = await register(server, "anna");
  await anna.get("ping");
  await bruno.get("ping");
  const heard = [anna, bruno].map((each) => each.events().filter(({ type }) => type === "member-registered"));
  expect(heard).toEqual([[told], [told]]);
  expect(await bruno.get("who")).toMatchObject({ members: [{}, {}, { name: "anna", registered: true }] });
  nc.send("/who\n");
  expect(await nc.until("3 here: ")).not.toContain("regist");
});

test("nobody is told of somebody who registers at the door, or who does so in vain", async () => {
  const server = await startTestServer();
  const bruno = await register(server, "bruno");
  await bruno.get("ping");
  bruno.events();
  const anna = await connect(server);
  await anna.get("register", { name: "anna", password });
  await anna.get("login", { name: "anna" });
  expect(await anna.ask("register", { password })).toMatchObject({ code: "registered" });
  await bruno.get("ping");
  const types = bruno.events().map(({ type }) => type);
  expect(types).toContain("member-joined");
  expect(types).not.toContain("member-registered");
});
