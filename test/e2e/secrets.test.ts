/**
 * Secrets are nowhere: real programs and a real browser, in which people register, mistype, log in, change their passwords and
 * leave, in every dialect. Then everything that was written, printed, kept or told is searched for what only they may know.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { ScramClient } from "../../bridge/upstream/scram-client.ts";
import { type Asking, connect } from "../server/accounts/rig.ts";
import { Program } from "../support/program.ts";
import { WireClient } from "../support/wire-client.ts";
import { Window } from "./open-window.ts";

/** What nobody else may ever read, by what it is. */
class Secrets {
  readonly #all = new Map<string, string>();

  /** Makes one that is nowhere else. */
  make(what: string): string {
    return this.know(what, `s3cret ${crypto.randomUUID()}`);
  }

  know(what: string, secret: string): string {
    expect(secret.length, what).toBeGreaterThan(20);
    this.#all.set(what, secret);
    return secret;
  }

  /** What of it is in a text or bytes, as it is or encoded. */
  in(haystack: string | Uint8Array): string[] {
    const bytes = Buffer.from(haystack as string);
    return [...this.#all]
      .filter(([, secret]) => forms(secret).some((form) => bytes.includes(form)))
      .map(([what]) => what);
  }
}

function forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString("base64"), bytes.toString("hex"), encodeURIComponent(secret)];
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-secrets-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Proves an account by SCRAM. @returns the token */
async function prove(asking: Asking, name: string, password: string): Promise<string> {
  const scram = new ScramClient(name, password);
  const mechanism = "SCRAM-SHA-256";
  const { data } = await asking.get("authenticate", { mechanism, data: scram.first });
  const second = await scram.answer(String(data));
  return String((await asking.get("authenticate", { mechanism, data: second, device: "scram" })).token);
}

async function useJson(server: { connect(): Promise<WireClient> }, chat: string, secrets: Secrets): Promise<void> {
  const anna = await connect(server);
  const [first, second, wrong] = ["first", "second", "wrong"].map((what) => secrets.make(`json's ${what} password`));
  await anna.ask("login", { name: "anna", password: wrong });
  await anna.get("login", { name: "anna", password: chat });
  const { token } = await anna.get("register", { password: first, device: "laptop" });
  await anna.ask("register", { password: wrong });
  await anna.get("change-password", { old: first, new: second });
  await anna.ask("change-password", { old: wrong, new: first });
  await anna.get("post", { room: "lobby", id: crypto.randomUUID(), text: "ciao from json" });
  await anna.get("audit");
  const other = await connect(server);
  await other.ask("authenticate", { name: "anna", password: wrong });
  await other.ask("authenticate", { token: secrets.make("wrong token") });
  await other.ask("authenticate", { name: "anna", password: 7, token: secrets.make("token in a wrong command") });
  secrets.know("json's token", String(token));
  secrets.know("a token by SCRAM", await prove(other, "anna", second ?? ""));
  await other.get("authenticate", { token });
}

async function usePlain(port: number, chat: string, secrets: Secrets): Promise<void> {
  const nc = await WireClient.connect(port);
  const [first, second, wrong] = ["first", "second", "wrong"].map((what) =>
    secrets.make(`a terminal's ${what} password`),
  );
  nc.send(`nora\n${wrong}\n`);
  await nc.until("Type it again");
  nc.send(`${chat}\n`);
  await nc.until("Welcome, nora!");
  nc.send(`/register ${first}\n`);
  await nc.until("is yours from now on");
  nc.send(`/login ${wrong}\nlogin ${wrong}\n.login ${wrong}\n/Login ${wrong}\n/password\n${first}\n${second}\n`);
  await nc.until("Your password was changed");
  const again = await WireClient.connect(port);
  again.send(`nora\n${wrong}\n${second}\n`);
  await again.until("Welcome, nora!");
  expect(secrets.in(nc.text + again.text)).toEqual([]);
  for (const client of [nc, again]) client.close();
}

/** An old client, which frames nothing. */
async function useChunks(port: number, chat: string, secrets: Secrets): Promise<void> {
  const old = await WireClient.connect(port);
  await old.until("Type your name");
  old.send("olga");
  await old.until("assword");
  old.send(secrets.make("an old client's wrong password"));
  await old.until("Type it again");
  old.send(chat);
  await old.until("Welcome, olga!");
  old.send(`/register ${secrets.make("an old client's password")}`);
  await old.until("is yours from now on");
  expect(secrets.in(old.text)).toEqual([]);
  old.close();
}

/** What a page keeps, and what it can look at. */
async function usePage(link: string, chat: string, secrets: Secrets): Promise<Record<string, string>> {
  const window = await Window.open(link, { serviceWorkers: "allow" });
  const [first, second, wrong] = ["first", "second", "wrong"].map((what) =>
    secrets.make(`the page's ${what} password`),
  );
  await window.page.waitForFunction(() => document.querySelector("salotto-app")?.store?.state.server !== undefined);
  const enter = (credentials: object) =>
    window.page.evaluate(
      (given) => document.querySelector("salotto-app")?.store.join("paola", given),
      credentials as Record<string, string>,
    );
  const refused = () =>
    window.page.waitForFunction(() => document.querySelector("salotto-app")?.store.state.joinState === "out");
  await enter({ chatPassword: wrong });
  await refused();
  await enter({ chatPassword: chat });
  await window.composer.waitFor();
  const done = await window.page.evaluate(
    async ([one = "", two = "", other = ""]) => {
      const account = document.querySelector("salotto-app")?.store.account;
      const answers = [
        await account?.register(one),
        await account?.changePassword(other, two),
        await account?.changePassword(one, two),
      ];
      return answers.map((answer) => answer?.ok);
    },
    [first, second, wrong],
  );
  expect(done).toEqual([true, false, true]);
  await window.send("ciao from the page");
  await window.sees("ciao from the page");
  const kept = await window.page.evaluate(async () => {
    const store = document.querySelector("salotto-app")?.store;
    const inspected = JSON.stringify(await store?.asking.inspect());
    store?.keepNow();
    const databases = await indexedDB.databases();
    const rows: unknown[] = [];
    for (const { name = "" } of databases) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const each of database.objectStoreNames) {
        const reading = database.transaction(each).objectStore(each).getAll();
        await new Promise((resolve) => {
          reading.onsuccess = resolve;
        });
        rows.push(reading.result);
      }
    }
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        cached.push(request.url, (await (await cache.match(request))?.text()) ?? "");
    }
    return {
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      databases: JSON.stringify(rows),
      caches: cached.join("\n"),
      inspected,
      page: document.documentElement.outerHTML,
      address: location.href,
    };
  });
  const [, token = ""] = /"salotto\.token [^"]*":"([^"]+)"/.exec(kept.local) ?? [];
  secrets.know("the page's token", token);
  // This is where it is kept, and nowhere else.
  const local = kept.local.replace(token, "");
  const requests = window.requests.filter((url) => url !== link).join("\n");
  expect(kept.inspected).toContain("•••");
  expect(kept.databases).toContain("ciao from the page");
  return { ...kept, local, requests };
}

/** The bytes of every file in a folder. */
function filesOf(directory: string): Record<string, Uint8Array> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))]));
}

async function control(data: string, request: object): Promise<string> {
  const socket = connectSocket(join(data, "control.sock"));
  socket.write(`${JSON.stringify(request)}\n`);
  return text(socket);
}

test.each(["json", "pretty"])("with a log in %s", { timeout: 90_000 }, async (format) => {
  const secrets = new Secrets();
  const chat = secrets.make("the chat's password");
  const [data, home] = [folder(), folder()];
  const common = { ...process.env, SALOTTO_LOG_FORMAT: format };
  const serverArgs = ["--port", "0", "--data", data, "--log-level", "trace", "--metrics-port", "0"];
  const server = new Program("server/main.ts", serverArgs, { ...common, SALOTTO_PASSWORD: chat });
  const port = Number((await server.until(/127\.0\.0\.1:(\d+)/))[1]);
  const metrics = (await server.until(/"metricsPort":(\d+)|127\.0\.0\.1:(\d+)\/metrics/)).slice(1).find(Boolean);
  const bridgeArgs = ["--port", String(port), "--web-port", "0", "--log-level", "trace"];
  const bridge = new Program("bridge/main.ts", bridgeArgs, { ...common, HOME: home, XDG_DATA_HOME: home });
  const [link] = await bridge.until(/http:\/\/localhost:\d+\/\?token=[\w-]+/);
  const clients: WireClient[] = [];
  const connectTo = async () => {
    const client = await WireClient.connect(port);
    clients.push(client);
    return client;
  };
  await useJson({ connect: connectTo }, chat, secrets);
  await usePlain(port, chat, secrets);
  await useChunks(port, chat, secrets);
  const kept = await usePage(link, chat, secrets);
  const told = await control(data, { act: "list" });
  expect(told).toContain('"paola"');
  const { password: given } = JSON.parse(await control(data, { act: "reset", name: "paola" }));
  expect(secrets.in(server.output)).toEqual([]);
  const exported = new Program("scripts/export.ts", ["--data", data, "--format", "jsonl"]);
  await exported.exit;
  expect(exported.output).toContain("ciao from json");
  const titles = [server, bridge].map(({ process }) => readFileSync(`/proc/${process.pid}/cmdline`, "utf8"));
  const places: Record<string, string | Uint8Array> = {
    "the server's log": server.output,
    "the bridge's log": bridge.output,
    metrics: await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text(),
    "the answer of the control socket": told,
    export: exported.output,
    titles: titles.join("\n"),
    ...filesOf(data),
    ...filesOf(home),
    ...kept,
  };
  const found = Object.entries(places).map(([place, haystack]) => [place, secrets.in(haystack)] as const);
  expect(found.filter(([, what]) => what.length > 0)).toEqual([]);
  // Shorter than the others, and told to whoever asked for it.
  for (const [place, haystack] of Object.entries(places))
    expect(Buffer.from(haystack as string).includes(given), place).toBe(false);
  // The search finds what is there: the database has what was said, and hashes, and nobody else can read it.
  const database = Buffer.concat(Object.entries(filesOf(data)).map(([, bytes]) => bytes));
  for (const what of ["ciao from json", "$argon2id$", "SCRAM-SHA-256$"]) expect(database.includes(what)).toBe(true);
  for (const name of readdirSync(data)) expect(statSync(join(data, name)).mode & 0o077, name).toBe(0);
  for (const client of clients) client.close();
});
