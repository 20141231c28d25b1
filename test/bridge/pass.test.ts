/** The pass that a browser has instead of the link, and the key that it is signed with. */
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { keptKey, newKey } from "../../bridge/door/key-file.ts";
import { formatPass, newPass, parsePass, passCookie, passesIn } from "../../bridge/door/pass.ts";

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "salotto-key-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

describe("a pass", () => {
  const scope = { key: newKey(), port: 3_000 };
  const pass = newPass("owner", 1_000);
  const value = formatPass(scope, pass);

  it("is read as it was given, until it is over", () => {
    expect(parsePass(scope, value, 999)).toEqual(pass);
    expect(parsePass(scope, value, 1_000)).toBeUndefined();
  });

  it("counts for one key and one port only", () => {
    expect(parsePass({ ...scope, port: 3_001 }, value, 0)).toBeUndefined();
    expect(parsePass({ ...scope, key: newKey() }, value, 0)).toBeUndefined();
  });

  it("with any other character is none", () => {
    for (let index = 0; index < value.length; index++) {
      const other = value[index] === "0" ? "1" : "0";
      expect(parsePass(scope, value.slice(0, index) + other + value.slice(index + 1), 0)).toBeUndefined();
    }
  });

  it.each([
    ["nothing", ""],
    ["one without a signature", value.slice(0, value.lastIndexOf(".") + 1)],
    ["one that is longer", `${value}A`],
    ["one for somebody else", formatPass(scope, { ...pass, holder: "guest" }).replace("guest", "owner")],
    ["one for longer", value.replace(".1000.", ".2000.")],
    ["one of another kind", formatPass(scope, { ...pass, holder: "other" as "owner" })],
    ["a large one", "x".repeat(100_000)],
  ])("is not %s", (_, wrong) => {
    expect(parsePass(scope, wrong, 0)).toBeUndefined();
  });

  it("is a cookie that no script can read, no other site can use, and that names its port", () => {
    const cookie = passCookie(scope, newPass("guest", 61_000), 1_000, false);
    expect(cookie).toMatch(
      /^salotto-3000=guest\.[\w-]{16}\.61000\.[\w-]{43}; Path=\/; Max-Age=60; HttpOnly; SameSite=Strict$/,
    );
    expect(passCookie(scope, pass, 0, true)).toMatch(/; Secure$/);
  });

  it("is found among the cookies of other ports and of other programs, even behind some under its own name", () => {
    const cookies = "salotto-3001=a; theme=dark;salotto-3000=b ; salotto-3000=c; xsalotto-3000=d; salotto-3000";
    expect(passesIn(cookies, 3_000, 4)).toEqual(["b", "c"]);
    expect(passesIn(cookies, 3_000, 1)).toEqual(["b"]);
    expect(passesIn(undefined, 3_000, 4)).toEqual([]);
  });
});

describe("the key", () => {
  it("is the same at each start, and nobody else can read it", () => {
    const directory = join(temporaryDirectory(), "not", "there");
    const { key, problem } = keptKey(directory);
    expect(problem).toBeUndefined();
    expect(key).toHaveLength(32);
    expect(keptKey(directory).key).toEqual(key);
    expect(readdirSync(directory)).toEqual(["bridge-key"]);
    if (process.platform === "win32") return;
    expect(statSync(join(directory, "bridge-key")).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it.each<[string, (file: string) => void]>([
    ["that others may have read", (file) => chmodSync(file, 0o644)],
    ["that is damaged", (file) => writeFileSync(file, "not a key")],
    ["that is empty, because the disk was full", (file) => writeFileSync(file, "")],
    [
      "that is a link to something else",
      (file) => {
        writeFileSync(`${file}.other`, readFileSync(file), { mode: 0o600 });
        rmSync(file);
        symlinkSync(`${file}.other`, file);
      },
    ],
  ])("%s is replaced", (_, spoil) => {
    const directory = temporaryDirectory();
    const { key } = keptKey(directory);
    spoil(join(directory, "bridge-key"));
    const { key: another, problem } = keptKey(directory);
    expect(problem).toBeUndefined();
    expect(another).not.toEqual(key);
    expect(keptKey(directory).key).toEqual(another);
    expect(statSync(join(directory, "bridge-key")).mode & 0o777).toBe(0o600);
  });

  it("that cannot be kept is a new one at each start, and says why", () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    const { key, problem } = keptKey(file);
    expect(key).toHaveLength(32);
    expect(problem).toContain(file);
    expect(keptKey(file).key).not.toEqual(key);
  });
});
