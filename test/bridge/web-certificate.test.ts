/** The certificate of the page beyond loopback: given as files or made by the bridge, and read again at SIGHUP. */
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect, test } from "vitest";
import { exitCodes } from "../../cli/exit-codes.ts";
import { keyFingerprint } from "../../tls/fingerprint.ts";
import { Program } from "../support/program.ts";
import { makeCertificate, temporaryDirectory, writeCertificate } from "../support/tls.ts";
import { bridgeTo } from "./page.ts";

const nobody = 9;

/** The certificate that the page is shown with. */
async function shownBy(port: number): Promise<X509Certificate> {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerX509Certificate() as X509Certificate;
  socket.destroy();
  return certificate;
}

/** `npm run bridge` for others, with a home of its own. */
function start(home: string, ...args: string[]): Program {
  const env = { ...process.env, XDG_DATA_HOME: home };
  return new Program("bridge/main.ts", ["--listen", "0.0.0.0", "--web-port", "0", "--port", "9", ...args], env);
}

/** Where the page is, once the bridge has said everything that it says at its start. */
async function portOf(bridge: Program): Promise<number> {
  await bridge.until(/Ctrl\+C stops the bridge/);
  return Number((await bridge.until(/https:\/\/[^/\s]*:(\d+)\//))[1]);
}

async function stop(bridge: Program): Promise<void> {
  bridge.process.kill("SIGTERM");
  expect(await bridge.exit).toBe(exitCodes.ok);
}

test.skipIf(process.platform !== "linux")("one that the bridge makes is kept, named, and announced", async () => {
  const home = temporaryDirectory();
  const first = start(home, "--web-self-signed", "--public-name", "chat.example");
  const shown = await shownBy(await portOf(first));
  expect(first.output).toMatch(/Each browser will warn once that it does not know this certificate/);
  expect(first.output).toContain(`SHA-256 fingerprint: ${shown.fingerprint256}`);
  expect(shown.checkHost("chat.example")).toBe("chat.example");
  expect(shown.checkHost("localhost")).toBe("localhost");
  const file = join(home, "salotto", "bridge", "web-tls.pem");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(new X509Certificate(readFileSync(file)).fingerprint256).toBe(shown.fingerprint256);
  await stop(first);

  const second = start(home, "--web-self-signed", "--public-name", "chat.example");
  expect((await shownBy(await portOf(second))).fingerprint256).toBe(shown.fingerprint256);
  await stop(second);

  // Another name needs another certificate, but the key stays.
  const renamed = await shownBy(await portOf(start(home, "--web-self-signed", "--public-name", "salotto.example")));
  expect(renamed.checkHost("salotto.example")).toBe("salotto.example");
  expect(keyFingerprint(renamed)).toBe(keyFingerprint(shown));
});

test("SIGHUP reads the files again, and one that cannot be used changes nothing", async () => {
  const files = writeCertificate(await makeCertificate());
  const bridge = start(temporaryDirectory(), "--web-cert", files.certificate, "--web-key", files.key);
  const port = await portOf(bridge);
  const before = await shownBy(port);
  expect(bridge.output).not.toMatch(/browser will warn/);

  writeFileSync(files.certificate, "spoilt");
  bridge.process.kill("SIGHUP");
  await bridge.until(/contains no certificate in PEM format.*Nothing has changed/);
  expect((await shownBy(port)).fingerprint256).toBe(before.fingerprint256);

  const next = await makeCertificate();
  writeFileSync(files.certificate, next.certificate);
  writeFileSync(files.key, next.key);
  bridge.process.kill("SIGHUP");
  await bridge.until(/the certificate was read again/);
  expect((await shownBy(port)).fingerprint256).toBe(new X509Certificate(next.certificate).fingerprint256);
  await stop(bridge);
});

test("connections that are open stay when the certificate is replaced", async () => {
  const files = writeCertificate(await makeCertificate());
  const webTls = { kind: "files", ...files } as const;
  const bridge = await bridgeTo({ port: nobody, web: { address: "0.0.0.0" }, webTls });
  const open = connect({ host: "127.0.0.1", port: bridge.port, rejectUnauthorized: false });
  await once(open, "secureConnect");
  const next = await makeCertificate();
  writeFileSync(files.certificate, next.certificate);
  writeFileSync(files.key, next.key);
  await bridge.reload();
  expect((await shownBy(bridge.port)).serialNumber).toBe(new X509Certificate(next.certificate).serialNumber);
  open.write(`GET / HTTP/1.1\r\nHost: localhost:${bridge.port}\r\nConnection: close\r\n\r\n`);
  const [answer] = (await once(open, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
  open.destroy();
});

test.each<[what: string, spoil: (files: { certificate: string; key: string }) => unknown, message: RegExp]>([
  ["a file that is not there", (files) => (files.certificate += ".not"), /does not exist\. --web-cert names it/],
  [
    "a key of another one",
    async (files) => writeFileSync(files.key, (await makeCertificate()).key),
    /does not belong to the certificate/,
  ],
])("%s is a mistake on the command line", async (_what, spoil, message) => {
  const files = writeCertificate(await makeCertificate());
  await spoil(files);
  const bridge = start(temporaryDirectory(), "--web-cert", files.certificate, "--web-key", files.key);
  expect(await bridge.exit).toBe(exitCodes.usage);
  expect(bridge.stderr).toMatch(message);
});

test("one that has expired is a warning", async () => {
  const files = writeCertificate(await makeCertificate({ from: -30, to: -1 }));
  const bridge = start(temporaryDirectory(), "--web-cert", files.certificate, "--web-key", files.key);
  await bridge.until(/expired on \d{4}-\d\d-\d\d, so clients refuse it/);
});
