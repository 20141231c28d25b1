/**
 * Opens the bridge's link in the browser. Every user of a computer can read what its programs were started with, so the
 * browser is not started with the link, but with a file that leads to it and that only this person can read.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import open from "open";

/** The file is removed when the program ends. @throws when no browser can be started, or there is no place for the file */
export async function openLink(link: string): Promise<void> {
  // Only its owner can enter the directory.
  const directory = mkdtempSync(join(tmpdir(), "salotto-open-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "salotto.html");
  const head = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Salotto</title>`;
  const body = `<meta http-equiv="refresh" content="0; url=${link}"><p><a href="${link}">Salotto</a></p>`;
  writeFileSync(file, `${head}\n${body}\n`, { mode: 0o600 });
  await open(file);
}
