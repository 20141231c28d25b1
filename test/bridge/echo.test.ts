/** The person's own messages, from a server that echoes them: the bridge does not make any up. */
import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type Answer,
  echoingAnswer,
  friendlyAnswer,
  type Json,
  rememberingAnswer,
  startJsonServer,
} from "../doubles/json-server.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

const time = "2026-01-01T00:00:00.000Z";
const said = (seq: number, from = "bruno"): Json => ({
  type: "message",
  msgid: `m${seq}`,
  seq,
  time,
  from,
  text: `text ${seq}`,
});

async function inChat(answer: Answer) {
  const server = await startJsonServer(answer);
  onTestFinished(() => server.close());
  const page = await openPage(await bridgeTo({ port: server.port }));
  expect(await page.join("anna")).toMatchObject({ ok: true });
  await until(() => page.events.length > 0);
  return { server, page };
}

const told = (page: TestPage) => page.messages.map(({ seq, from, text, id }) => ({ seq, from, text, id }));

describe("an own message", () => {
  it("is told as the server sends it back, with its id and without the bridge's label, before the answer", async () => {
    const { page } = await inChat(echoingAnswer(friendlyAnswer()));
    const id = randomUUID();
    let before: Json[] = [];
    const answer = page.socket
      .emitWithAck("post", { id, room: "lobby", text: "waves", action: true })
      .then((result) => {
        before = told(page);
        return result;
      });
    expect(await answer).toEqual({ ok: true, msgid: "m1", seq: 1, time });
    expect(before).toEqual([{ seq: 1, from: "anna", text: "waves", id }]);
    const event = { type: "message", room: "lobby", msgid: "m1", seq: 1, time, from: "anna", text: "waves" };
    expect(page.messages).toEqual([{ ...event, action: true, id }]);
  });

  it("that was posted before is answered, and told no second time", async () => {
    const friendly = friendlyAnswer();
    const stored = { type: "ok", msgid: "m1", seq: 1, time };
    const answer = echoingAnswer((command, connection) =>
      command.type === "post" ? stored : friendly(command, connection),
    );
    const { page } = await inChat(answer);
    const id = randomUUID();
    expect(await page.post("ciao", { id })).toMatchObject({ ok: true, seq: 1 });
    // Under another id, only the server can tell.
    expect(await page.post("ciao")).toMatchObject({ ok: true, seq: 1 });
    expect(told(page)).toEqual([{ seq: 1, from: "anna", text: "ciao", id }]);
  });

  it("that is only answered is not made up: had it not been posted before, it would have come back", async () => {
    const friendly = friendlyAnswer();
    const answer = echoingAnswer(friendly);
    const { page } = await inChat((command, connection) =>
      command.type === "post" ? friendly(command, connection) : answer(command, connection),
    );
    expect(await page.post("ciao")).toMatchObject({ ok: true, seq: 1 });
    expect(told(page)).toEqual([]);
  });

  it("that is said while what was missed is fetched keeps its id, wherever it is told first, and is told once", async () => {
    const log: Json[] = [said(1)];
    const remembering = rememberingAnswer(log);
    let answerHistory = () => {};
    const answer = echoingAnswer((command, connection) => {
      if (command.type === "post") {
        log.push({ ...said(7, "anna"), text: command.text });
        return { type: "ok", msgid: "m7", seq: 7, time };
      }
      const answered = remembering(command, connection);
      if (command.type !== "history") return answered;
      answerHistory = () => connection.send({ ...remembering(command, connection), label: command.label });
      return undefined;
    });
    const { server, page } = await inChat(answer);
    await until(() => page.messages.length === 1);
    log.push(said(2), said(3), said(4), said(5), said(6));
    const asked = () => server.connections[1]?.received.filter(({ type }) => type === "history").length;
    server.connections[0]?.cut();
    await until(() => asked() === 1);
    const id = randomUUID();
    const posted = page.post("mine", { id });
    await until(() => log.length === 7);
    answerHistory();
    await until(() => asked() === 2);
    answerHistory();
    expect(await posted).toMatchObject({ ok: true, seq: 7 });
    expect(told(page).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(told(page).at(-1)).toEqual({ seq: 7, from: "anna", text: "mine", id });
  });

  it("is answered though the connection breaks before what was missed is fetched: it is stored, and told the next time", async () => {
    const log: Json[] = [said(1)];
    const remembering = rememberingAnswer(log);
    let isMute = false;
    const answer = echoingAnswer((command, connection) => {
      if (command.type === "post") {
        log.push({ ...said(7, "anna"), text: command.text });
        return { type: "ok", msgid: "m7", seq: 7, time };
      }
      return command.type === "history" && isMute ? undefined : remembering(command, connection);
    });
    const { server, page } = await inChat(answer);
    await until(() => page.messages.length === 1);
    log.push(said(2), said(3), said(4), said(5), said(6));
    isMute = true;
    server.connections[0]?.cut();
    await until(() => server.connections[1]?.received.some(({ type }) => type === "history"));
    const posted = page.post("mine");
    await until(() => log.length === 7);
    isMute = false;
    // Its answer comes after that of the post.
    await page.ask({ type: "rooms" });
    server.connections[1]?.cut();
    expect(await posted).toMatchObject({ ok: true, seq: 7 });
    await until(() => page.messages.length === 7);
    expect(page.said.at(-1)).toBe("anna: mine");
  });
});
