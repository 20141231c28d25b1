/** The server's certificate: given as files or made by the server, read at the start and again at SIGHUP. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../../cli/exit-codes.ts";
import { keyFingerprint } from "../../tls/fingerprint.ts";
import { Program } from "../support/program.ts";
import { startTestServer, type TestServer, type TestServerOptions } from "../support/test-server.ts";
import { makeCertificate, temporaryDirectory, writeCertificate } from "../support/tls.ts";

interface Line {
  level: number;
  msg: string;
  key?: string;
}

function keptLog() {
  const lines: Line[] = [];
  return { lines, logger: pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) }) };
}

const messages = (lines: readonly Line[], level: number) =>
  lines.filter((line) => line.level === level).map(({ msg }) => msg);
const warn = 40;
const error = 50;

/** A server with these files. */
const startWith = (files: { certificate: string; key: string }, options: TestServerOptions = {}) =>
  startTestServer({ overTls: true, tls: { port: 0, certificate: { kind: "files", ...files } }, ...options });

/** The certificate that a server shows. @param trusted makes sure that it is trusted, and for this host */
async function shownBy(port: number, trusted?: string, host = "localhost"): Promise<X509Certificate> {
  const options = trusted === undefined ? { rejectUnauthorized: false } : { ca: trusted };
  const socket = connect({ host: "127.0.0.1", port, servername: host, ...options });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerX509Certificate() as X509Certificate;
  socket.destroy();
  return certificate;
}

const shown = (server: TestServer) => shownBy(server.tls?.port ?? 0);

describe("given as files", () => {
  test("it is shown together with those that vouch for it", async () => {
    const root = await makeCertificate({ isAuthority: true });
    const between = await makeCertificate({ host: "between", isAuthority: true, issuer: root });
    const own = await makeCertificate({ issuer: between });
    const chain = `${own.certificate}\n${between.certificate}\n`;
    const server = await startWith(writeCertificate({ certificate: chain, key: own.key }));
    const certificate = await shownBy(server.tls?.port ?? 0, root.certificate);
    expect(server.tls?.fingerprint).toBe(keyFingerprint(certificate));
    expect(server.tls?.fingerprint).toBe(keyFingerprint(new X509Certificate(own.certificate)));
  });

  test.each<[what: string, spoil: (files: { certificate: string; key: string }) => unknown, message: RegExp]>([
    [
      "a certificate that is not there",
      (files) => (files.certificate += ".not"),
      /^the file for the certificate, .*\.not, does not exist\. --tls-cert names it$/,
    ],
    [
      "a key that is a directory",
      (files) => (files.key = temporaryDirectory()),
      /^the file for the key, .*, is a directory\. --tls-key/,
    ],
    [
      "a file without a certificate",
      (files) => writeFileSync(files.certificate, "hello"),
      /contains no certificate in PEM format/,
    ],
    [
      "a certificate that is none",
      (files) => writeFileSync(files.certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
      /contains no certificate in PEM format/,
    ],
    [
      "files the wrong way round",
      (files) => ([files.certificate, files.key] = [files.key, files.certificate]),
      /key\.pem contains no certificate in PEM/,
    ],
    ["an empty key", (files) => writeFileSync(files.key, ""), /contains no private key in PEM format/],
    [
      "a key with a passphrase",
      (files) => {
        const key = createPrivateKey(readFileSync(files.key));
        writeFileSync(files.key, key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }));
      },
      /is protected by a passphrase.*openssl pkey -in .*key\.pem -out/,
    ],
    [
      "somebody else's key",
      async (files) => writeFileSync(files.key, (await makeCertificate()).key),
      /^the key in .*key\.pem does not belong to the certificate in .*certificate\.pem: give the key that it was made with$/,
    ],
    [
      "certificates in the wrong order",
      async (files) => {
        const authority = await makeCertificate({ isAuthority: true });
        writeFileSync(files.certificate, authority.certificate + readFileSync(files.certificate, "utf8"));
      },
      /^the server's own certificate must be the first one in/,
    ],
  ])("%s is explained in one line, and the server does not start", async (_what, spoil, message) => {
    const files = writeCertificate(await makeCertificate());
    await spoil(files);
    const failure = await startWith(files).catch((reason: Error) => reason);
    expect(failure).toMatchObject({ name: "TlsError", message: expect.stringMatching(message) });
    expect((failure as Error).message).not.toContain("\n");
  });

  test.each([
    [
      "has expired",
      { from: -30, to: -1 },
      /expired on \d{4}-\d\d-\d\d, so clients refuse it: renew it, then send SIGHUP/,
    ],
    ["expires soon", { to: 3 }, /expires on \d{4}-\d\d-\d\d: renew it, then send SIGHUP/],
    ["is not valid yet", { from: 2 }, /is valid only from \d{4}-\d\d-\d\d on: check it, and this computer's clock/],
  ])("one that %s is a warning", async (_what, days, message) => {
    const { lines, logger } = keptLog();
    const server = await startWith(writeCertificate(await makeCertificate(days)), { logger });
    await server.join("anna");
    expect(messages(lines, warn)).toEqual([expect.stringMatching(message)]);
  });

  test("read again, it serves new connections, and leaves the old ones alone", async () => {
    const { lines, logger } = keptLog();
    const files = writeCertificate(await makeCertificate());
    const server = await startWith(files, { logger });
    const anna = await server.join("anna");
    const before = await shown(server);
    const next = await makeCertificate();
    writeFileSync(files.certificate, next.certificate);
    writeFileSync(files.key, next.key);
    await server.reload();
    const after = await shown(server);
    expect(after.fingerprint256).toBe(new X509Certificate(next.certificate).fingerprint256);
    expect(after.fingerprint256).not.toBe(before.fingerprint256);
    expect(messages(lines, warn)).toEqual([expect.stringContaining("its key is another one")]);
    anna.send("/who\n");
    await anna.until("* 1 here: anna\n");
  });

  test("one that cannot be used changes nothing, and says so", async () => {
    const { lines, logger } = keptLog();
    const files = writeCertificate(await makeCertificate());
    const server = await startWith(files, { logger });
    const before = await shown(server);
    writeFileSync(files.certificate, (await makeCertificate()).certificate);
    await server.reload();
    expect((await shown(server)).fingerprint256).toBe(before.fingerprint256);
    expect(messages(lines, error)).toEqual([
      expect.stringMatching(
        /^the key in .* does not belong to .*\. Nothing has changed: the certificate from before is still used$/,
      ),
    ]);
  });
});

describe("made by the server", () => {
  const start = (data: string | undefined, options: TestServerOptions = {}) =>
    startTestServer({ overTls: true, data, ...options });
  const yearMs = 365 * 86_400_000;
  const inYears = (years: number) => () => new Date(Date.now() + years * yearMs);

  test("it is made once, for the names and addresses of this computer, and only its owner may read it", async () => {
    const data = temporaryDirectory();
    const first = await start(data);
    const pem = readFileSync(join(data, "tls.pem"), "utf8");
    // Whoever trusts it needs nothing else.
    for (const host of ["localhost", hostname().toLowerCase()]) await shownBy(first.tls?.port ?? 0, pem, host);
    const certificate = await shown(first);
    expect(certificate.checkIP("127.0.0.1")).toBeDefined();
    expect(certificate.checkIP("::1")).toBeDefined();
    expect(certificate.checkPrivateKey(createPrivateKey(pem))).toBe(true);
    expect(statSync(join(data, "tls.pem")).mode & 0o777).toBe(0o600);
    await first.close();
    const second = await start(data);
    expect((await shown(second)).fingerprint256).toBe(certificate.fingerprint256);
    expect(readdirSync(data).filter((file) => file.startsWith("tls"))).toEqual(["tls.pem"]);
  });

  test("it is valid for years, and renewed before it ends, with the same key", async () => {
    const data = temporaryDirectory();
    const first = await start(data);
    const before = await shown(first);
    await first.close();
    const later = await start(data, { now: inYears(2) });
    expect((await shown(later)).fingerprint256).toBe(before.fingerprint256);
    await later.close();
    const late = await start(data, { now: inYears(2.9) });
    const after = await shown(late);
    expect(after.validToDate.getTime()).toBeGreaterThan(before.validToDate.getTime() + 2 * yearMs);
    expect(late.tls?.fingerprint).toBe(first.tls?.fingerprint);
    expect(keyFingerprint(after)).toBe(keyFingerprint(before));
  });

  test("a server that runs for years renews it, too", async () => {
    let years = 0;
    const server = await start(undefined, { now: () => inYears(years)(), limits: { certificateMs: 20 } });
    const before = await shown(server);
    years = 2.9;
    let after = before;
    while (after.fingerprint256 === before.fingerprint256) after = await shown(server);
    expect(keyFingerprint(after)).toBe(keyFingerprint(before));
  });

  test("another name of the computer makes it due, and the key stays", async () => {
    const data = temporaryDirectory();
    const { certificate, key } = await makeCertificate({ host: "elsewhere", to: 1_000 });
    writeFileSync(join(data, "tls.pem"), `${key}\n${certificate}\n`);
    const server = await start(data);
    const own = await shown(server);
    expect(own.checkHost("localhost")).toBeDefined();
    expect(keyFingerprint(own)).toBe(keyFingerprint(new X509Certificate(certificate)));
  });

  test.each([
    ["a damaged one", "-----BEGIN PRIVATE KEY-----\n"],
    ["an empty one", ""],
  ])("%s is not replaced, because bridges remember its key", async (_what, text) => {
    const data = temporaryDirectory();
    writeFileSync(join(data, "tls.pem"), text);
    const failure = await start(data).catch((reason: Error) => reason);
    expect((failure as Error).message).toMatch(/tls\.pem .*Restore it, or remove it: another is then made/);
    expect(readFileSync(join(data, "tls.pem"), "utf8")).toBe(text);
  });

  test("without a data directory it lasts as long as the server", async () => {
    const first = await start(undefined);
    const before = await shown(first);
    await first.reload();
    expect((await shown(first)).fingerprint256).toBe(before.fingerprint256);
  });
});

describe("the command line", () => {
  const run = (...args: string[]) => new Program("server/main.ts", ["--port", "0", "--memory", ...args]);

  test("the first lines say how to connect with TLS, and by what the server is recognised", async () => {
    const server = run("--tls-port", "0", "--tls-self-signed");
    const [, port, fingerprint] = await server.until(/--tls --port (\d+), or: ncat --ssl .*\n.*(SHA256:\S{43})\n/);
    expect(keyFingerprint(await shownBy(Number(port)))).toBe(fingerprint);
  });

  test("SIGHUP reads the certificate again; one that cannot be used changes nothing", async () => {
    const files = writeCertificate(await makeCertificate());
    const server = run("--tls-port", "0", "--tls-cert", files.certificate, "--tls-key", files.key);
    const [, port] = await server.until(/--tls --port (\d+)/);
    await server.until(/Ctrl\+C/);
    const next = await makeCertificate();
    writeFileSync(files.certificate, next.certificate);
    server.process.kill("SIGHUP");
    await server.until(/ERROR.*does not belong to the certificate.*Nothing has changed/);
    writeFileSync(files.key, next.key);
    server.process.kill("SIGHUP");
    await server.until(/the certificate was read again/);
    expect(keyFingerprint(await shownBy(Number(port)))).toBe(keyFingerprint(new X509Certificate(next.certificate)));
    server.process.kill("SIGTERM");
    expect(await server.exit).toBe(0);
  });

  test("without TLS, SIGHUP is no reason to stop", async () => {
    const server = run();
    await server.until(/Ctrl\+C/);
    server.process.kill("SIGHUP");
    server.process.kill("SIGTERM");
    expect(await server.exit).toBe(0);
  });

  test.each([
    [
      ["--tls-port", "0"],
      "TLS needs a certificate: give tls-cert and tls-key, or let the server make one with tls-self-signed.",
    ],
    [["--tls-cert", "a.pem"], "TLS needs a certificate: give tls-cert and tls-key"],
    [
      ["--tls-cert", "a.pem", "--tls-key", "b.pem", "--tls-self-signed"],
      "tls-self-signed makes a certificate. Leave it out",
    ],
    [
      ["--tls-cert", "/nowhere/a.pem", "--tls-key", "b.pem"],
      "the file for the certificate, /nowhere/a.pem, does not exist. --tls-cert names it",
    ],
    [
      ["--port", "9999", "--tls-port", "9999", "--tls-self-signed"],
      "port and tls-port are both 9999. Each needs a port of its own",
    ],
  ])("%j is a mistake that is one clear line", async (args, message) => {
    const server = run(...args);
    expect(await server.exit).toBe(exitCodes.usage);
    expect(server.stderr).toContain(`error: ${message}`);
    expect(server.stderr.trim().split("\n")).toHaveLength(1);
  });

  test("a port for TLS that is taken is named, with the option that chooses another", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const server = run("--tls-port", String(port), "--tls-self-signed");
    expect(await server.exit).toBe(exitCodes.address);
    expect(server.stderr).toContain(
      `127.0.0.1:${port} is in use by another program. Stop it, or choose another port: --tls-port`,
    );
  });
});
