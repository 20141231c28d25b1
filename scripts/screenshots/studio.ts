/** The set for the screenshots: a real server, bridge and browser on this computer, with a clock that can be set. */
import { pino } from "pino";
import { type Browser, type BrowserContextOptions, chromium } from "playwright";
import { type Bridge, startBridge } from "../../bridge/bridge.ts";
import { bridgeLimits } from "../../bridge/limits.ts";
import { defaultConfig } from "../../server/config.ts";
import { type RunningServer, startServer } from "../../server/server.ts";
import { findChromium } from "../../test/support/chromium.ts";
import { PageWindow } from "../../test/support/page-window.ts";
import { WireClient } from "../../test/support/wire-client.ts";
import { Guest } from "./guest.ts";

/** The moment of all screenshots, so that they change only when the page does. */
const present = "2026-11-21T20:17:00Z";

export const wide: BrowserContextOptions = { viewport: { width: 1_280, height: 800 } };
export const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

export class Studio {
  readonly port: number;
  readonly #server: RunningServer;
  readonly #bridge: Bridge;
  readonly #browser: Browser;
  readonly #wires: WireClient[] = [];
  readonly #clock: { now: Date };

  private constructor(server: RunningServer, bridge: Bridge, browser: Browser, clock: { now: Date }) {
    this.port = server.port;
    this.#server = server;
    this.#bridge = bridge;
    this.#browser = browser;
    this.#clock = clock;
  }

  static async open(): Promise<Studio> {
    const clock = { now: new Date(present) };
    const logger = pino({ level: "silent" });
    const server = await startServer({ ...defaultConfig, port: 0, logger, now: () => clock.now });
    const bridge = await openBridge(server.port);
    return new Studio(server, bridge, await chromium.launch(await findChromium()), clock);
  }

  /** Sets the server's clock. @param time ISO 8601; the moment of the screenshots by default */
  setClock(time = present): void {
    this.#clock.now = new Date(time);
  }

  /** A plain connection: a terminal, or an old client when it sends no line ends. */
  async connect(): Promise<WireClient> {
    const wire = await WireClient.connect(this.port);
    this.#wires.push(wire);
    return wire;
  }

  async invite(name: string): Promise<Guest> {
    return Guest.enter(await this.connect(), name);
  }

  /** A browser window with the join form. @param url a bridge's address; by default the set's own */
  async openWindow(options: BrowserContextOptions = wide, url = this.#bridge.url): Promise<PageWindow> {
    const context = await this.#browser.newContext({
      locale: "en-GB",
      timezoneId: "Europe/Rome",
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(10_000);
    const window = new PageWindow(await context.newPage());
    await window.page.clock.setFixedTime(present);
    await window.page.goto(url);
    return window;
  }

  /** A browser window of somebody who is in the chat. */
  async openRoom(name: string, options?: BrowserContextOptions, url?: string): Promise<PageWindow> {
    const window = await this.openWindow(options, url);
    await window.enter(name);
    // Otherwise the pointer would stay where the join button was, over a message.
    await window.page.mouse.move(0, 0);
    return window;
  }

  closeBridge(): Promise<void> {
    return this.#bridge.close();
  }

  closeServer(): Promise<void> {
    return this.#server.close();
  }

  async close(): Promise<void> {
    for (const wire of this.#wires) wire.close();
    await this.#browser.close();
    await this.closeBridge();
    await this.closeServer();
  }
}

/** A bridge to a chat server on this computer, with long pauses between attempts so that the waiting can be seen. */
export async function openBridge(port: number): Promise<Bridge> {
  const started = await startBridge({
    host: "127.0.0.1",
    port,
    webPort: 0,
    logger: pino({ level: "silent" }),
    limits: { ...bridgeLimits, greetingMs: 300, backoffMinMs: 8_000 },
  });
  if (!started.ok) throw new Error(started.message);
  return started.bridge;
}
