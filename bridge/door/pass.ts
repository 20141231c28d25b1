/**
 * What a browser gets in exchange for a link, and shows with every request: who it belongs to and until when, signed with
 * the bridge's key. Nothing is kept of it here, so it outlives a restart.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** `owner`: whoever started the bridge; `guest`: somebody invited. */
const holders = ["owner", "guest"] as const;
export type Holder = (typeof holders)[number];

export interface BrowserPass {
  holder: Holder;
  /** Tells this browser from others. */
  id: string;
  /** Milliseconds since 1970. */
  untilMs: number;
}

/** Where a pass counts: its key, and the port of the page, because a browser shows cookies of one port to all of them. */
export interface PassScope {
  key: Buffer;
  port: number;
}

export function newPass(holder: Holder, untilMs: number): BrowserPass {
  return { holder, id: randomBytes(12).toString("base64url"), untilMs };
}

export function formatPass(scope: PassScope, { holder, id, untilMs }: BrowserPass): string {
  const said = `${holder}.${id}.${untilMs}`;
  return `${said}.${signature(scope, said)}`;
}

/** Undefined for whatever was not signed here, or is over. */
export function parsePass(scope: PassScope, value: string, nowMs: number): BrowserPass | undefined {
  const [, said = "", signed = ""] = /^(\w{5}\.[\w-]{16}\.\d{1,16})\.([\w-]{43})$/.exec(value) ?? [];
  const [word, id = "", until] = said.split(".");
  const holder = holders.find((known) => known === word);
  if (holder === undefined || !isSame(signature(scope, said), signed)) return undefined;
  const untilMs = Number(until);
  return untilMs > nowMs ? { holder, id, untilMs } : undefined;
}

function signature({ key, port }: PassScope, said: string): string {
  return createHmac("sha256", key).update(`salotto pass 1\n${port}\n${said}`).digest("base64url");
}

/** Takes the same time wherever two texts of one length differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Cookies are not separate for each port, so the port is part of the name; a browser may show several of that name. */
export function passesIn(cookies: string | undefined, port: number, readMax: number): string[] {
  const start = `${cookieName(port)}=`;
  return (cookies ?? "")
    .split(";")
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie.startsWith(start))
    .slice(0, readMax)
    .map((cookie) => cookie.slice(start.length));
}

/** @param isSecure the page comes over TLS */
export function passCookie(scope: PassScope, pass: BrowserPass, nowMs: number, isSecure: boolean): string {
  const seconds = Math.max(0, Math.floor((pass.untilMs - nowMs) / 1_000));
  const value = `${cookieName(scope.port)}=${formatPass(scope, pass)}`;
  return `${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isSecure ? "; Secure" : ""}`;
}

function cookieName(port: number): string {
  return `salotto-${port}`;
}
