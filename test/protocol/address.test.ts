import { expect, test } from "vitest";
import { formatAddress, parsePort } from "../../protocol/address.ts";

test.each([
  ["0", 0],
  ["8080", 8080],
  ["65535", 65535],
  ["65536", undefined],
  ["-1", undefined],
  ["80.5", undefined],
  ["0x50", undefined],
  ["", undefined],
  ["http", undefined],
])("%j as a port is %s", (typed, port) => {
  expect(parsePort(typed)).toBe(port);
});

test.each([
  ["127.0.0.1", "127.0.0.1:8080"],
  ["::1", "[::1]:8080"],
  ["::ffff:192.168.1.7", "192.168.1.7:8080"],
  ["chat.example", "chat.example:8080"],
])("%s is written %s", (host, written) => {
  expect(formatAddress(host, 8080)).toBe(written);
});
