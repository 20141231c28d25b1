/** A database of each earlier version opens, and everybody finds what is theirs, and nothing of anybody else. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { addFunctions } from "../../server/store/database.ts";
import { migrations } from "../../server/store/schema.ts";
import { startTestServer, type TestServer } from "../support/test-server.ts";

const recorded = join(import.meta.dirname, "databases");
const versions = readdirSync(recorded)
  .map((file) => Number(/^version-(\d+)\.sql$/.exec(file)?.[1]))
  .filter((version) => version > 0)
  .sort((one, other) => one - other);

/** A data directory with what a server of that version kept. */
function dataOf(version: number): string {
  const data = mkdtempSync(join(tmpdir(), "salotto-upgrade-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const database = new DatabaseSync(join(data, "salotto.db"));
  addFunctions(database);
  for (const step of migrations.slice(0, version)) database.exec(step);
  database.exec(readFileSync(join(recorded, `version-${version}.sql`), "utf8"));
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
  return data;
}

interface Told {
  from: string;
  text: string;
  own?: true;
  reactions?: unknown[];
}

/** Somebody who is back, and what they ask for. */
async function back(server: TestServer, name: string) {
  const client = await server.joinJson(name);
  const ask = async (command: object) => {
    client.sendJson(command);
    return (await client.json()) as Record<string, unknown>;
  };
  const history = async (room: string) => (await ask({ type: "history", room })).messages as Told[];
  const said = async (room: string) => (await history(room)).map(({ from, text, own = false }) => [from, text, own]);
  return { ask, history, said, conversations: (await ask({ type: "conversations" })).conversations };
}

test.each(versions)("of version %i", async (version) => {
  const server = await startTestServer({ data: dataOf(version) });
  const isChanged = version >= 4;
  const text = isChanged ? "solo per te, bruno" : "solo per te";
  const seq = isChanged ? 3 : 2;
  const brunosName = version >= 9 ? "Nino" : "bruno";

  const anna = await back(server, "Anna");
  expect(anna.conversations).toEqual([{ room: `@${brunosName}`, seq, read: isChanged ? 2 : 0 }]);
  expect(await anna.said("@bruno")).toEqual([
    ["Anna", text, true],
    ["bruno", "ricevuto", false],
  ]);
  const bruno = await back(server, brunosName);
  expect(bruno.conversations).toEqual([
    { room: "@carla", seq: 1, read: 0 },
    { room: "@Anna", seq, read: isChanged ? 1 : 0 },
  ]);
  expect(await bruno.said("@Anna")).toEqual([
    ["Anna", text, false],
    ["bruno", "ricevuto", true],
  ]);
  const lobby = await bruno.history("lobby");
  expect(lobby).toMatchObject([
    { from: "Anna", text: "ciao a tutti" },
    { from: "bruno", text: "salve", own: true },
  ]);
  const reactions = [{ emoji: "👍", count: 1, from: ["bruno"], own: true }];
  expect(lobby[0]?.reactions).toEqual(isChanged ? reactions : undefined);

  const carla = await back(server, "carla");
  expect(carla.conversations).toEqual([{ room: `@${brunosName}`, seq: 1, read: 0 }]);
  expect(await carla.said("@bruno")).toEqual([["carla", "ci sei?", true]]);
  expect(await carla.said("@Anna")).toEqual([]);
  if (version >= 2) expect(await carla.ask({ type: "rooms" })).toMatchObject({ rooms: [{}, { topic: "le rose" }] });
  const dora = await back(server, "dora");
  expect(dora.conversations).toEqual([]);
  expect(await dora.said("@Anna")).toEqual([]);
});

test("every earlier version is here, but the eighth, which no server has written", () => {
  const earlier = migrations.slice(1).map((_, index) => index + 1);
  expect(versions).toEqual(expect.arrayContaining(earlier.filter((version) => version !== 8)));
});
