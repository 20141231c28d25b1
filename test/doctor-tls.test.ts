/** `npm run doctor` on certificates and the port for TLS, well and broken. */
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../cli/exit-codes.ts";
import { Program } from "./support/program.ts";
import { startTestServer } from "./support/test-server.ts";
import { makeCertificate, temporaryDirectory, writeCertificate } from "./support/tls.ts";

async function examine(...args: string[]): Promise<{ exit: unknown; lines: string[] }> {
  const doctor = new Program("scripts/doctor.ts", ["--port", "0", ...args]);
  const exit = await doctor.exit;
  expect(doctor.stderr).toBe("");
  return { exit, lines: doctor.output.trimEnd().split("\n") };
}

/** What it says of TLS. */
const ofTls = (lines: readonly string[]) =>
  lines.filter((line) => /^\w+ +(?:certificate|private key|port for TLS):/.test(line));

type Files = { certificate: string; key: string };

async function filesOf(days: { from?: number; to?: number } = {}): Promise<Files> {
  const files = writeCertificate(await makeCertificate(days));
  chmodSync(files.key, 0o600);
  return files;
}

const withFiles = ({ certificate, key }: Files) => [
  ...["--memory", "--tls-port", "0", "--tls-cert", certificate, "--tls-key", key],
];

test("a certificate that is well is a line with its end and its key", async () => {
  const { exit, lines } = await examine(...withFiles(await filesOf({ to: 300 })));
  expect(ofTls(lines)).toEqual([
    "ok       port for TLS: any free one",
    expect.stringMatching(/^ok {7}certificate: valid until \d{4}-\d\d-\d\d, key SHA256:/),
  ]);
  expect(exit).toBe(exitCodes.ok);
});

test.each<[what: string, days: { from?: number; to?: number }, line: RegExp, advice: string, code: number]>([
  [
    "has expired",
    { from: -30, to: -1 },
    /^problem {2}certificate: the certificate in .* expired on [\d-]+, so clients refuse it$/,
    "Renew it, then send SIGHUP.",
    exitCodes.problem,
  ],
  [
    "is not valid yet",
    { from: 2 },
    /^problem {2}certificate: the certificate in .* is valid only from [\d-]+ on$/,
    "Check it, and this computer's clock.",
    exitCodes.problem,
  ],
  [
    "ends soon",
    { to: 3 },
    /^warning {2}certificate: the certificate in .* expires on [\d-]+$/,
    "Renew it, then send SIGHUP.",
    exitCodes.warning,
  ],
])("one that %s", async (_what, days, line, advice, code) => {
  const { exit, lines } = await examine(...withFiles(await filesOf(days)));
  const at = lines.findIndex((each) => line.test(each));
  expect([lines, at]).not.toEqual([lines, -1]);
  expect(lines[at + 1]).toBe(`         ${advice}`);
  expect(exit).toBe(code);
});

test.each<[what: string, spoil: (files: Files) => unknown, found: RegExp]>([
  ["a file that is not there", (files) => (files.certificate += ".not"), /does not exist\. --tls-cert names it$/],
  ["a file without a key", ({ key }) => writeFileSync(key, "hello"), /contains no private key in PEM format/],
  [
    "a key of another certificate",
    async ({ key }) => writeFileSync(key, (await makeCertificate()).key),
    /does not belong to the certificate/,
  ],
])("%s is a problem", async (_what, spoil, found) => {
  const files = await filesOf();
  await spoil(files);
  const { exit, lines } = await examine(...withFiles(files));
  expect(lines.find((line) => line.startsWith("problem  certificate:"))).toMatch(found);
  expect(exit).toBe(exitCodes.problem);
});

test.skipIf(process.platform === "win32")("a key that everybody may read is a warning", async () => {
  const files = await filesOf();
  chmodSync(files.key, 0o644);
  const { exit, lines } = await examine(...withFiles(files));
  expect(lines).toContain(`warning  private key: every user of this computer may use ${files.key}`);
  expect(lines).toContain(`         Close it: chmod o= ${files.key}`);
  expect(exit).toBe(exitCodes.warning);
});

test("one that the server makes is not made by the doctor, and is known when it is there", async () => {
  const data = join(temporaryDirectory(), "data");
  const file = join(data, "tls.pem");
  const before = await examine("--data", data, "--tls-self-signed", "--tls-port", "0");
  expect(before.lines).toContain(`ok       certificate: none yet; ${file} is made at the first start`);
  expect(existsSync(data)).toBe(false);

  const server = await startTestServer({ data, tls: { port: 0, certificate: { kind: "self-signed" } } });
  const kept = readFileSync(file, "utf8");
  const ports = ["--port", String(server.port), "--tls-port", String(server.tls?.port)];
  const { exit, lines } = await examine("--data", data, "--tls-self-signed", ...ports);
  expect(ofTls(lines)).toEqual([
    `ok       port for TLS: a Salotto server is running on 127.0.0.1:${server.tls?.port}`,
    expect.stringMatching(`^ok {7}certificate: valid until .*, key ${RegExp.escape(server.tls?.fingerprint ?? "")}$`),
  ]);
  expect(exit).toBe(exitCodes.ok);
  expect(readFileSync(file, "utf8")).toBe(kept);
});

test("a port for TLS that something else has is a problem", async () => {
  const other = createServer((socket) => socket.end("220 mail.example ESMTP\r\n")).listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const { exit, lines } = await examine("--memory", "--tls-self-signed", "--tls-port", String(port));
  expect(lines).toContain(`problem  port for TLS: 127.0.0.1:${port} is in use by another program`);
  expect(lines).toContain(`         Stop it, or choose another port: --tls-port ${port + 1}.`);
  expect(exit).toBe(exitCodes.problem);
});

test("settings for TLS that make no sense together are wrong, as they are for the server", async () => {
  const doctor = new Program("scripts/doctor.ts", ["--port", "0", "--memory", "--tls-port", "8443"]);
  expect(await doctor.exit).toBe(exitCodes.usage);
  expect(doctor.stderr).toContain("TLS needs a certificate");
});
