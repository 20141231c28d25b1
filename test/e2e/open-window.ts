/** A complete set for one test: a real server, a real bridge and real browser windows, all closed when it is over. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { afterAll, expect, onTestFinished } from "vitest";
import { type Bridge, type BridgeConfig, startBridge } from "../../bridge/bridge.ts";
import { type BridgeLimits, bridgeLimits } from "../../bridge/limits.ts";
import { findChromium } from "../support/chromium.ts";
import { PageWindow } from "../support/page-window.ts";

let launched: Promise<Browser> | undefined;
/** All bridges of a file have the same key, so whoever came by the link of one is known to the next. */
const keyDirectory = mkdtempSync(join(tmpdir(), "salotto-key-"));

/** The browser, shared by the tests of a file; each window has its own storage, as if on a separate computer. */
async function browser(): Promise<Browser> {
  launched ??= findChromium().then((options) => chromium.launch(options));
  return launched;
}

afterAll(async () => {
  await (await launched)?.close();
  launched = undefined;
  rmSync(keyDirectory, { recursive: true, force: true });
});

type BridgeOptions = Partial<Pick<BridgeConfig, "webPort" | "uiDir" | "web" | "webTls">> & {
  limits?: Partial<BridgeLimits>;
};

/** Starts a bridge to a chat server on this computer. Its reconnections are quick, because nobody likes to wait. */
export async function openBridge(
  port: number,
  { webPort = 0, limits = {}, ...rest }: BridgeOptions = {},
): Promise<Bridge> {
  const started = await startBridge({
    host: "127.0.0.1",
    port,
    webPort,
    keyDirectory,
    ...rest,
    logger: pino({ level: "silent" }),
    limits: { ...bridgeLimits, greetingMs: 300, backoffMinMs: 50, backoffMaxMs: 200, ...limits },
  });
  if (!started.ok) throw new Error(started.message);
  onTestFinished(() => started.bridge.close());
  return started.bridge;
}

/** A browser window that is closed after the test, with a record of what the page did in it. */
export class Window extends PageWindow {
  /** What went wrong in the page: errors, refused requests, violations of its security policy. */
  readonly complaints: string[] = [];
  /** Every address the page asked for. */
  readonly requests: string[] = [];

  private constructor(page: Page) {
    super(page);
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("request", (request) => this.requests.push(request.url()));
  }

  /**
   * Opens the page in a separate window. Only tests of the service worker have one, because it fetches the whole page.
   */
  static async open(url: string, options: BrowserContextOptions = {}): Promise<Window> {
    const context = await (await browser()).newContext({ locale: "en-GB", serviceWorkers: "block", ...options });
    context.setDefaultTimeout(10_000);
    onTestFinished(() => context.close());
    const window = new Window(await context.newPage());
    await window.page.goto(url);
    return window;
  }

  /** Opens the page and joins under a name. */
  static async join(url: string, name: string, options?: BrowserContextOptions): Promise<Window> {
    const window = await Window.open(url, options);
    await window.enter(name);
    return window;
  }

  /** Another tab of the same browser, with the same storage. */
  async openTab(url: string): Promise<Window> {
    const window = new Window(await this.page.context().newPage());
    await window.page.goto(url);
    return window;
  }

  /** The same tab again, as browsers duplicate it: with its own storage. */
  async duplicate(): Promise<Window> {
    const kept = await this.page.evaluate(() => ({ ...sessionStorage }));
    const page = await this.page.context().newPage();
    await page.addInitScript((items) => {
      if (sessionStorage.length === 0)
        for (const [key, value] of Object.entries(items)) sessionStorage.setItem(key, value);
    }, kept);
    const window = new Window(page);
    await page.goto(this.page.url());
    return window;
  }

  /** Waits for a text among the messages, and checks that it is there only once. */
  async sees(text: string): Promise<void> {
    await this.log.getByText(text, { exact: true }).first().waitFor();
    expect(await this.log.getByText(text, { exact: true }).count()).toBe(1);
  }

  /** Waits until these people, and nobody else, are listed. */
  async listsPeople(...names: string[]): Promise<void> {
    await expect
      .poll(async () => (await this.people.getByRole("listitem").allInnerTexts()).map((text) => text.trim()))
      .toEqual(names.map((name) => expect.stringContaining(name)));
  }
}
