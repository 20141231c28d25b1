/** A server with a database, a bridge and browser windows on this computer, for the duration of a measurement. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { findChromium } from "../test/support/chromium.ts";
import { bridgeLink, Program } from "./program.ts";

export class Testbed {
  readonly port: number;
  readonly #url: string;
  readonly #browser: Browser;
  readonly #close: () => Promise<void>;

  private constructor(port: number, url: string, browser: Browser, close: () => Promise<void>) {
    this.port = port;
    this.#url = url;
    this.#browser = browser;
    this.#close = close;
  }

  static async open(): Promise<Testbed> {
    const data = await mkdtemp(join(tmpdir(), "salotto-bench-"));
    const server = await Program.start("server/main.ts", ["--port", "0", "--data", data], /:(\d+)/);
    const args = ["--port", String(server.port), "--web-port", "0"];
    const bridge = await Program.start("bridge/main.ts", args, bridgeLink);
    const browser = await chromium.launch(await findChromium());
    return new Testbed(server.port, bridge.address, browser, async () => {
      await browser.close();
      await bridge.stop();
      await server.stop();
      await rm(data, { recursive: true });
    });
  }

  /** Opens the page in a browser of its own and joins under a name. */
  async window(name: string): Promise<Page> {
    const page = await (await this.#browser.newContext({ locale: "en-GB" })).newPage();
    await page.goto(this.#url);
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.getByRole("button", { name: "Join" }).click();
    await page.getByRole("textbox", { name: "Message", exact: true }).waitFor();
    return page;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
