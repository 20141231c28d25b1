/** The bridge over TLS: which servers it talks to, which not, and what the page is told. */
import { randomBytes, X509Certificate } from "node:crypto";
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { KnownHosts } from "../../bridge/tls/known-hosts.ts";
import { Program } from "../support/program.ts";
import { startProxy } from "../support/proxy.ts";
import { makeCertificate, temporaryDirectory, writeCertificate } from "../support/tls.ts";
import { openPage, until } from "./page.ts";
import { keyOf, newFile, pageOf, protectionOf, refusalOf, startTlsServer, written } from "./tls-rig.ts";

describe("a server that no authority vouches for", () => {
  it("is remembered at first, and known from then on", async () => {
    const certificate = await makeCertificate();
    const server = await startTlsServer(certificate);
    const file = newFile();
    const page = await pageOf(server, { knownHostsFile: file });
    expect(await page.join("anna")).toEqual({ ok: true, name: "anna" });
    const key = keyOf(certificate);
    expect(protectionOf(page.connection)).toEqual({ kind: "tls", by: "first-use", key, version: "TLSv1.3" });
    expect(readFileSync(file, "utf8")).toBe(`127.0.0.1:${server.tlsPort} ${key}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    const other = await pageOf(server, { knownHostsFile: file });
    await other.join("bruno");
    expect(protectionOf(other.connection)).toMatchObject({ by: "known-key", key });
    await page.post("ciao");
    await until(() => other.said.includes("anna: ciao"));
    expect(readFileSync(file, "utf8").split("\n")).toHaveLength(2);
  });

  it("may renew its certificate, as long as it keeps its key", async () => {
    const first = await makeCertificate();
    const server = await startTlsServer(first);
    const tls = { knownHostsFile: newFile() };
    await (await pageOf(server, tls)).join("anna");
    await server.show(await makeCertificate({ host: "new.example", keys: first.keys }));
    expect(await (await pageOf(server, tls)).join("bruno")).toMatchObject({ ok: true });
  });

  it("is refused with another key by the bridge that knows the old one, and not by one that knows the new one", async () => {
    const first = await makeCertificate();
    const server = await startTlsServer(first);
    const [old, fresh] = [newFile(), newFile()];
    written(old, `# my servers\n\nother.example:8443 ${keyOf(first)}\n`);
    await (await pageOf(server, { knownHostsFile: old })).join("anna");
    const next = await makeCertificate();
    await server.show(next);
    const witness = await pageOf(server, { knownHostsFile: fresh });
    expect(await witness.join("bruno")).toMatchObject({ ok: true });
    const page = await pageOf(server, { knownHostsFile: old });
    const answer = await page.join("carla");
    expect(answer).toMatchObject({ ok: false, code: "tls-key-changed", about: `${old}:4` });
    expect((answer as { message: string }).message).toMatch(/pretending to be the server.*remove this line: .*:4$/);
    // Once that line is gone, the new key is remembered.
    written(old, readFileSync(old, "utf8").split("\n").slice(0, 3).join("\n"));
    expect(await page.join("carla")).toMatchObject({ ok: true });
    expect(readFileSync(old, "utf8").split("\n").slice(2)).toEqual([
      `other.example:8443 ${keyOf(first)}`,
      `127.0.0.1:${server.tlsPort} ${keyOf(next)}`,
      "",
    ]);
    await until(() => witness.events.some((event) => event.type === "member-joined" && event.name === "carla"));
    expect(witness.events.filter(({ type }) => type === "member-joined")).toHaveLength(1);
  });

  it("that shows another key after a lost connection is refused, once, and the page is told why", async () => {
    const server = await startTlsServer();
    const proxy = await startProxy(server.tlsPort);
    const file = newFile();
    const page = await pageOf({ tlsPort: proxy.port }, { knownHostsFile: file });
    await page.join("anna");
    proxy.cut();
    await until(() => page.connection?.phase === "waiting");
    proxy.mend();
    await until(() => page.connection?.phase === "online");
    expect(protectionOf(page.connection)).toMatchObject({ by: "known-key" });
    await server.show(await makeCertificate());
    proxy.cut();
    await until(() => page.connection?.phase === "waiting");
    proxy.mend();
    await until(() => page.connection?.phase === "idle");
    expect(page.connection).toMatchObject({ refusal: { code: "tls-key-changed", about: `${file}:1` } });
  });
});

describe("a server that an authority vouches for", () => {
  it("is trusted, whatever key it has; without the authority, it is refused from then on", async () => {
    const authority = await makeCertificate({ isAuthority: true });
    const server = await startTlsServer({ host: "localhost", issuer: authority });
    const file = newFile();
    const tls = { knownHostsFile: file, authorities: [authority.certificate] };
    const page = await pageOf(server, tls, "localhost");
    expect(await page.join("anna")).toMatchObject({ ok: true });
    expect(protectionOf(page.connection)).toMatchObject({ kind: "tls", by: "authority" });
    await server.show(await makeCertificate({ host: "localhost", issuer: authority }));
    expect(await (await pageOf(server, tls, "localhost")).join("bruno")).toMatchObject({ ok: true });
    expect(readFileSync(file, "utf8")).toBe(`localhost:${server.tlsPort} authority\n`);
    await server.show(await makeCertificate({ host: "localhost" }));
    const deceived = await pageOf(server, tls, "localhost");
    expect(await deceived.join("carla")).toMatchObject({ code: "tls-untrusted", about: `${file}:1` });
  });

  it("is refused under a name that its certificate does not have", async () => {
    const authority = await makeCertificate({ isAuthority: true });
    const server = await startTlsServer({ host: "elsewhere.example", issuer: authority });
    const tls = { knownHostsFile: newFile(), authorities: [authority.certificate] };
    const page = await pageOf(server, tls, "localhost");
    expect(await page.join("anna")).toMatchObject({ code: "tls-wrong-host", about: "elsewhere.example" });
    expect(() => readFileSync(tls.knownHostsFile)).toThrow("ENOENT");
  });

  it("does not replace a key that is known", async () => {
    const authority = await makeCertificate({ isAuthority: true });
    const server = await startTlsServer({ host: "localhost" });
    const tls = { knownHostsFile: newFile(), authorities: [authority.certificate] };
    await (await pageOf(server, tls, "localhost")).join("anna");
    await server.show(await makeCertificate({ host: "localhost", issuer: authority }));
    expect(refusalOf(await (await pageOf(server, tls, "localhost")).join("bruno"))).toBe("tls-key-changed");
  });

  it("is found among the authorities of this computer", async () => {
    const authority = await makeCertificate({ isAuthority: true });
    const server = await startTlsServer({ host: "localhost", issuer: authority });
    const directory = temporaryDirectory();
    const { certificate: SSL_CERT_FILE } = writeCertificate(authority, directory);
    const env = { ...process.env, XDG_CONFIG_HOME: directory, SSL_CERT_FILE };
    const args = ["--host", "localhost", "--port", `${server.tlsPort}`, "--tls", "--web-port", "0"];
    const bridge = new Program("bridge/main.ts", args, env);
    const [url] = await bridge.until(/http:\/\/localhost:\d+\/\?token=\S+/);
    await bridge.until(/The chat server is localhost:\d+, with TLS\./);
    const page = await openPage({ url });
    expect(await page.join("anna")).toMatchObject({ ok: true });
    expect(protectionOf(page.connection)).toMatchObject({ by: "authority" });
    expect(readFileSync(join(directory, "salotto", "known-hosts"), "utf8")).toMatch(/^localhost:\d+ authority\n$/);
  });
});

describe("a certificate", () => {
  it.each([
    ["that has expired", { from: -9, to: -1 }, "tls-expired"],
    ["that is not valid yet", { from: 2 }, "tls-too-early"],
  ])("%s is refused, also with a known key or the right fingerprint", async (_what, days, code) => {
    const certificate = await makeCertificate(days);
    const server = await startTlsServer(certificate);
    const known = written(newFile(), `127.0.0.1:${server.tlsPort} ${keyOf(certificate)}\n`);
    for (const tls of [
      { knownHostsFile: newFile() },
      { knownHostsFile: known },
      { knownHostsFile: newFile(), fingerprint: keyOf(certificate) },
    ]) {
      const answer = await (await pageOf(server, tls)).join("anna");
      expect(answer).toMatchObject({ code, about: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    }
  });
});

describe("a fingerprint that was given", () => {
  it("decides alone, whether it is of the key or of the certificate", async () => {
    const certificate = await makeCertificate();
    const server = await startTlsServer(certificate);
    const { fingerprint256 } = new X509Certificate(certificate.certificate);
    // What is known says otherwise.
    const stranger = keyOf(await makeCertificate());
    const knownHostsFile = written(newFile(), `127.0.0.1:${server.tlsPort} ${stranger}\n`);
    for (const fingerprint of [keyOf(certificate), fingerprint256]) {
      const page = await pageOf(server, { knownHostsFile, fingerprint });
      expect(await page.join(`anna ${fingerprint[0]}`)).toMatchObject({ ok: true });
      expect(protectionOf(page.connection)).toMatchObject({ by: "fingerprint", key: keyOf(certificate) });
    }
    const page = await pageOf(server, { knownHostsFile, fingerprint: stranger });
    expect(await page.join("bruno")).toMatchObject({ code: "tls-fingerprint", about: keyOf(certificate) });
  });
});

describe("the file of known servers", () => {
  it.each([
    ["says something else about the server", "nonsense"],
    ["says nothing about the server but its name", ""],
    ["has half a fingerprint", "SHA256:abc"],
  ])("that %s is not overruled", async (_what, by) => {
    const server = await startTlsServer();
    const file = written(newFile(), `127.0.0.1:${server.tlsPort} ${by}\n`);
    const page = await pageOf(server, { knownHostsFile: file });
    expect(await page.join("anna")).toMatchObject({ code: "tls-known-hosts", about: `${file}:1` });
  });

  it("that cannot be read or written lets nobody through", async () => {
    const server = await startTlsServer();
    const directory = temporaryDirectory();
    const page = await pageOf(server, { knownHostsFile: directory });
    expect(await page.join("anna")).toMatchObject({
      code: "tls-known-hosts",
      about: expect.stringContaining("EISDIR"),
    });
    const blocked = written(join(directory, "file"), "");
    const other = await pageOf(server, { knownHostsFile: join(blocked, "known-hosts") });
    expect(await other.join("anna")).toMatchObject({ code: "tls-known-hosts" });
    const long = written(newFile(), "#".repeat(1_048_577));
    const third = await pageOf(server, { knownHostsFile: long });
    expect(await third.join("anna")).toMatchObject({
      code: "tls-known-hosts",
      about: expect.stringContaining("longer"),
    });
  });

  it("is shared: of two bridges that meet a server at the same time, the one that was first is right for both", () => {
    const file = newFile();
    const key = () => `SHA256:${randomBytes(32).toString("base64").slice(0, 43)}` as const;
    const [first, second] = [key(), key()];
    expect(new KnownHosts(file).add("a.example:8443", first)).toEqual({ by: first, place: `${file}:1` });
    expect(new KnownHosts(file).add("A.example:8443", second)).toEqual({ by: first, place: `${file}:1` });
    // Somebody's editor leaves out the last line end, another one writes two characters for it.
    appendFileSync(file, "b.example:8443\tauthority\r\n#end");
    expect(new KnownHosts(file).add("[::1]:8443", second)).toEqual({ by: second, place: `${file}:5` });
    expect(new KnownHosts(file).find("b.example:8443")).toEqual({ by: "authority", place: `${file}:3` });
    expect(new KnownHosts(file).find("example:8443")).toBeUndefined();
  });
});
