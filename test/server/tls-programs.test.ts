/**
 * Programs that others wrote, on the port for TLS: openssl, ncat and Python. A program that is not installed here is
 * skipped; Node's own TLS is in the other tests.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { startTestServer, type TestServer } from "../support/test-server.ts";
import { temporaryDirectory } from "../support/tls.ts";

/** A test that needs a program; its name says when it is not there. */
const testWith = (program: string, name: string, run: () => Promise<void>) => {
  const isThere = spawnSync(program, ["--version"]).error === undefined;
  test.skipIf(!isThere)(isThere ? name : `${name} (${program} is not installed)`, run);
};

let server: TestServer;
/** The certificate of the server, which its clients trust. */
let trusted: string;
let port: string;

beforeEach(async () => {
  const data = temporaryDirectory();
  server = await startTestServer({ overTls: true, data });
  trusted = join(data, "tls.pem");
  port = String(server.tls?.port);
});

/** A program at work: what it prints is waited for, what it is told is typed. */
class Terminal {
  readonly #process: ChildProcess;
  #printed = "";
  /** Everything on both streams, once it has ended, with its code. */
  readonly ended: Promise<{ code: number | null; printed: string }>;
  #told = () => {};

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args);
    const print = (text: string) => {
      this.#printed += text;
      this.#told();
    };
    this.#process.stdout?.setEncoding("utf8").on("data", print);
    this.#process.stderr?.setEncoding("utf8").on("data", print);
    this.#process.stdin?.on("error", () => {});
    this.ended = new Promise((resolve) =>
      this.#process.once("close", (code) => {
        resolve({ code, printed: this.#printed });
        this.#told();
      }),
    );
    onTestFinished(() => {
      this.#process.kill("SIGKILL");
    });
  }

  /** Ctrl+D. */
  finish(): void {
    this.#process.stdin?.end();
  }

  type(text: string): void {
    this.#process.stdin?.write(text);
  }

  async until(expected: string): Promise<void> {
    while (!this.#printed.includes(expected)) {
      if (this.#process.exitCode !== null) throw new Error(`ended without ${expected}: ${this.#printed}`);
      await new Promise<void>((resolve) => {
        this.#told = resolve;
      });
    }
  }
}

/** Somebody comes, is greeted, talks with somebody on the other port, and leaves. */
async function visit(terminal: Terminal, name: string): Promise<void> {
  const anna = await server.connect();
  anna.send("anna\n");
  await anna.until("1 here: anna");
  await terminal.until("(salotto/1)");
  terminal.type(`${name}\n`);
  await anna.until(`* ${name} joined (2 here)\n`);
  anna.send("ciao\n");
  await terminal.until("anna: ciao\n");
  terminal.type("è bello qui\n");
  await anna.until(`${name}: è bello qui\n`);
  terminal.type("{quit}\n");
  await terminal.until("* Bye!\n");
  await anna.until(`* ${name} left (1 here)\n`);
}

describe("openssl s_client", () => {
  const check = ["-verify_return_error", "-x509_strict", "-verify_hostname", "localhost"];

  testWith("openssl", "trusts the certificate, talks, and hears a proper end", async () => {
    const args = ["s_client", "-quiet", ...check, "-CAfile", trusted, "-connect", `127.0.0.1:${port}`];
    const terminal = new Terminal("openssl", args);
    await visit(terminal, "olga");
    const { code, printed } = await terminal.ended;
    // An end without close_notify would be an "unexpected eof".
    expect({ code, printed }).toMatchObject({ code: 0, printed: expect.not.stringMatching(/eof|error/i) });
  });

  testWith("openssl", "speaks json", async () => {
    const terminal = new Terminal("openssl", ["s_client", "-quiet", "-connect", `127.0.0.1:${port}`]);
    terminal.type('{"type":"login","name":"otto","label":"1"}\n');
    await terminal.until('{"type":"ok","label":"1","name":"otto"}');
    terminal.type('{"type":"quit"}\n');
    await terminal.until('"code":"quit"');
    expect((await terminal.ended).code).toBe(0);
  });

  testWith("openssl", "is refused another handshake", async () => {
    const terminal = new Terminal("openssl", ["s_client", "-tls1_2", "-connect", `127.0.0.1:${port}`]);
    await terminal.until("(salotto/1)");
    terminal.type("R\n");
    expect((await terminal.ended).printed).toMatch(/RENEGOTIATING[\s\S]*no renegotiation/i);
  });

  testWith("openssl", "is told on the port without TLS that there is none", async () => {
    const terminal = new Terminal("openssl", ["s_client", "-connect", `127.0.0.1:${server.port}`]);
    const { code, printed } = await terminal.ended;
    expect({ code, printed }).toMatchObject({ code: 1, printed: expect.stringMatching(/alert protocol version/i) });
  });

  testWith("openssl", "computes the same fingerprint as the server prints", async () => {
    const spki = spawnSync("openssl", ["x509", "-in", trusted, "-pubkey", "-noout"]).stdout.toString();
    const der = spawnSync("openssl", ["pkey", "-pubin", "-outform", "DER"], { input: spki }).stdout;
    const hash = createHash("sha256").update(der).digest("base64");
    expect(`SHA256:${hash}`).toBe(`${server.tls?.fingerprint}=`);
  });
});

describe("ncat --ssl", () => {
  testWith("ncat", "trusts the certificate and talks", async () => {
    const args = ["--ssl-verify", "--ssl-trustfile", trusted, "localhost", port];
    const terminal = new Terminal("ncat", ["-4", ...args]);
    await visit(terminal, "nora");
    // It does not end by itself.
    terminal.finish();
    expect((await terminal.ended).code).toBe(0);
  });

  testWith("ncat", "without TLS is told where it is", async () => {
    const terminal = new Terminal("ncat", ["127.0.0.1", port]);
    terminal.type("nina\n");
    await terminal.until(`Port ${server.port} works without, and is not encrypted.`);
  });
});

describe("Python", () => {
  const program = `
import json, socket, ssl, sys
trusted, port = sys.argv[1:]
context = ssl.create_default_context(cafile=trusted)
context.verify_flags |= ssl.VERIFY_X509_STRICT
chat = context.wrap_socket(socket.create_connection(("127.0.0.1", int(port))), server_hostname="127.0.0.1", suppress_ragged_eofs=False)
lines = chat.makefile("rw", encoding="utf-8", newline="\\n")
print(chat.version(), lines.readline(), flush=True)
print(json.dumps({"type": "login", "name": "pia"}), file=lines, flush=True)
print(lines.readline(), flush=True)
print(json.dumps({"type": "quit"}), file=lines, flush=True)
print(lines.read(), "and a proper end", flush=True)
`;

  testWith("python3", "trusts the certificate, talks, and hears a proper end", async () => {
    const terminal = new Terminal("python3", ["-c", program, trusted, port]);
    await terminal.until("TLSv1.3 Welcome to Salotto (salotto/1)");
    await terminal.until('{"type":"ok","name":"pia"}');
    const { code, printed } = await terminal.ended;
    expect(printed).toMatch(/"code":"quit"[\s\S]*and a proper end/);
    expect(code).toBe(0);
  });

  testWith("python3", "refuses a certificate that it was not told to trust", async () => {
    const other = await startTestServer({ overTls: true });
    const terminal = new Terminal("python3", ["-c", program, trusted, String(other.tls?.port)]);
    const { code, printed } = await terminal.ended;
    expect({ code, printed }).toMatchObject({ code: 1, printed: expect.stringContaining("CERTIFICATE_VERIFY_FAILED") });
  });
});

test("the certificate that these programs trust is the one that the server shows", () => {
  expect(new X509Certificate(readFileSync(trusted)).checkHost("localhost")).toBe("localhost");
});
