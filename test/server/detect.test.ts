import { describe, expect, test } from "vitest";
import { detectedKind } from "../support/detected-kind.ts";

const chunks = (...texts: string[]) => texts.map((text) => Buffer.from(text, "latin1"));

describe("the first bytes decide the dialect", () => {
  test.each<[name: string, chunks: string[], before: string, afterSilence: string]>([
    ["a JSON object", ['{"type":"hello"}\n'], "json", "json"],
    ["the beginning of one", ["{"], "json", "json"],
    ["{quit} on a line", ["{quit}\n"], "line", "line"],
    ["{quit} alone", ["{quit}"], "wait-for-silence", "chunk"],
    ["telnet negotiation", ["\xff\xfb\x1f\xff\xfb\x20"], "telnet", "telnet"],
    ["telnet negotiation and a name", ["\xff\xfb\x1fanna\r\n"], "telnet", "telnet"],
    ["telnet negotiation and what looks like HTTP", ["\xff\xfb\x1fx / HTTP/1.1\r\n"], "telnet", "telnet"],
    ["a line", ["anna\n"], "line", "line"],
    ["a telnet line", ["anna\r\n"], "line", "line"],
    ["several lines", ["anna\nciao\n"], "line", "line"],
    ["an empty line", ["\n"], "line", "line"],
    ["a line in two chunks", ["an", "na\n"], "line", "line"],
    ["an unframed name", ["anna"], "wait-for-silence", "chunk"],
    ["an unframed name and message", ["anna", "ciao"], "wait-for-silence", "chunk"],
    ["an unframed name that begins with a space", [" anna"], "wait-for-silence", "chunk"],
    ["one typed key", ["a"], "wait", "wait"],
    ["typed keys", ["a", "n", "n"], "wait", "wait"],
    ["typed keys that the network joined", ["a", "nn"], "wait", "wait"],
    ["one typed key of several bytes", ["\xc3\xa9"], "wait", "wait"],
    ["typed keys and Enter", ["a", "n", "\r\n"], "line", "line"],
    ["an HTTP request", ["GET / HTTP/1.1\r\nHost: x\r\n\r\n"], "http", "http"],
    ["an HTTP request byte by byte", [..."POST /x HTTP/1.1\r\n"], "http", "http"],
    ["an HTTP request whose line has not ended", ["GET /a-very-long-path"], "http", "http"],
    ["an HTTP request with a method of its own", ["chat / HTTP/1.1\r\n"], "http", "http"],
    ["an HTTP proxy request", ["CONNECT example.org:443 HTTP/1.1\r\n"], "http", "http"],
    ["an HTTP/2 preface", ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"], "http", "http"],
    ["a line that names HTTP", ["ciao, is this HTTP/1.1?\r\n"], "line", "line"],
    ["a name that begins like a method", ["Get Smart"], "wait-for-silence", "chunk"],
    ["a TLS hello", ["\x16\x03\x01\x02\x00"], "tls", "tls"],
    ["the first byte of one", ["\x16"], "tls", "tls"],
  ])("%s", (_name, texts, before, afterSilence) => {
    expect(detectedKind(chunks(...texts), false)).toBe(before);
    expect(detectedKind(chunks(...texts), true)).toBe(afterSilence);
  });
});
