/** Saves screenshots to a folder, and remembers which. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { PageWindow } from "../../test/support/page-window.ts";

export class Camera {
  readonly taken: string[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
  }

  /** @param name the file name without its extension */
  async take({ page }: PageWindow, name: string): Promise<void> {
    // Two frames: a change is measured in the first and drawn in the second.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const path = join(this.#folder, `${name}.png`);
    await page.screenshot({ path, animations: "disabled", caret: "hide" });
    this.taken.push(path);
  }
}
