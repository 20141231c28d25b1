import { describe, expect, it } from "vitest";
import { type GuardedHeaders, judgeRequest } from "../../bridge/guard.ts";

const server = { port: 3000, isSecure: false, names: [] };

describe("the guard lets through", () => {
  it.each<[string, GuardedHeaders]>([
    ["a program that says nothing of origins", { host: "localhost:3000" }],
    ["the address of this computer", { host: "127.0.0.1:3000" }],
    ["the IPv6 address of this computer", { host: "[::1]:3000" }],
    ["a host in capitals", { host: "LOCALHOST:3000" }],
    ["our own page", { host: "localhost:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }],
    ["our own page under its other name", { host: "localhost:3000", origin: "http://127.0.0.1:3000" }],
    ["an address that somebody typed", { host: "localhost:3000", "sec-fetch-site": "none" }],
    [
      "a link on another site",
      {
        host: "localhost:3000",
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
      },
    ],
  ])("%s", (_, headers) => {
    expect(judgeRequest("GET", headers, server)).toEqual({ ok: true });
  });

  it("a host without a port only where that means ours", () => {
    expect(judgeRequest("GET", { host: "localhost", origin: "http://localhost" }, { ...server, port: 80 })).toEqual({
      ok: true,
    });
    expect(judgeRequest("GET", { host: "localhost" }, server)).toMatchObject({ status: 421 });
  });
});

describe("the guard refuses", () => {
  it.each<[string, GuardedHeaders]>([
    ["no host", {}],
    ["a name that was made to point here", { host: "evil.example:3000" }],
    ["a name that only begins like ours", { host: "localhost.evil.example:3000" }],
    ["a name that only ends like ours", { host: "evil-localhost:3000" }],
    ["another port", { host: "localhost:3001" }],
    ["no port", { host: "127.0.0.1" }],
    ["another address of this computer", { host: "127.0.0.2:3000" }],
    ["an empty host", { host: "" }],
  ])("as misdirected: %s", (_, headers) => {
    expect(judgeRequest("GET", headers, server)).toMatchObject({ ok: false, status: 421 });
  });

  it.each(
    ["https://evil.example", "http://evil.example:3000", "null", "", "https://localhost:3000"].concat([
      "http://localhost:3001",
      "http://localhost",
      "http://localhost:3000.evil.example",
      "file://",
      "localhost:3000",
    ]),
  )("as forbidden: the origin %j", (origin) => {
    const headers = { host: "localhost:3000", origin };
    expect(judgeRequest("GET", headers, server)).toMatchObject({ ok: false, status: 403 });
  });

  it.each<[string, string, GuardedHeaders]>([
    ["an image on another site", "GET", { "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }],
    ["a frame on another site", "GET", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }],
    ["a form on another site", "POST", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }],
    ["a request that says no more", "GET", {}],
  ])("as forbidden: %s", (_, method, headers) => {
    for (const site of ["cross-site", "same-site"]) {
      const all = { host: "localhost:3000", "sec-fetch-site": site, ...headers };
      expect(judgeRequest(method, all, server)).toMatchObject({ ok: false, status: 403 });
    }
  });
});
