/**
 * Who may use the bridge: whoever comes by its link, and then, with the pass that their browser got for it, without. It
 * decides from a request's address line and headers, and answers nothing itself.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { BridgeLimits } from "../limits.ts";
import { type BrowserPass, type Holder, newPass, type PassScope, parsePass, passCookie, passesIn } from "./pass.ts";
import { WrongTokens } from "./wrong-tokens.ts";

/** What of a request decides. */
export interface Knock {
  method: string | undefined;
  /** Path and query, as they came. */
  url: string | undefined;
  headers: { cookie?: string | undefined; "sec-fetch-site"?: string | string[] | undefined };
  /** The other end's IP address. */
  address: string;
  /** The port of the page. */
  port: number;
}

export type Entry =
  /** `holder`: absent where nobody is asked; `cookie`: the pass is given, or given anew before it is over. */
  | { kind: "in"; holder?: Holder; cookie?: string }
  /** Into the page, under its own address: the token must not stay in the address bar. */
  | { kind: "page"; cookie?: string }
  | { kind: "refused"; status: 401 }
  | { kind: "refused"; status: 429; retryInMs: number };

export interface DoorOptions {
  /** What passes are signed with. */
  key: Buffer;
  /** The page comes over TLS. */
  isSecure: boolean;
  /** Others may be invited. */
  hasGuests: boolean;
  limits: BridgeLimits;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Longer ones are wrong without a look. */
const tokenCharsMax = 100;

/** The page's files are everybody's: the same in all the world, and browsers ask for some of them without cookies. */
const publicFile = /^\/(?:assets\/)?[\w-][\w.-]*\.(?:css|js|json|png|svg|webmanifest|woff2?)(?:\?|$)/;

export class PageDoor {
  /** The secret in the link, another one at each start. */
  readonly token = newToken();
  /** The same for guests: whoever starts the bridge gives it to others. */
  readonly invitation = newToken();
  readonly #options: DoorOptions;
  readonly #wrong: WrongTokens;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#wrong = new WrongTokens(options.limits);
  }

  judge({ method, url = "", headers, address, port }: Knock): Entry {
    const { key, limits, now } = this.#options;
    const nowMs = now();
    const scope = { key, port };
    const reads = method === "GET" || method === "HEAD";
    // As it came, and not as it could be understood: whoever takes the request does not resolve `..` either.
    if (reads && publicFile.test(url)) return { kind: "in" };
    const token = tokenIn(url);
    const isPage = reads && (url === "/" || url.startsWith("/?"));
    const holder = token === undefined ? undefined : this.#holderOf(token);
    if (holder !== undefined) {
      if (!isPage) return { kind: "in", holder };
      return { kind: "page", cookie: this.#cookie(scope, newPass(holder, nowMs + limits.passMs), nowMs) };
    }
    const pass = this.#passIn(scope, headers.cookie, nowMs);
    if (pass) {
      // An old link, for example from the history of a browser that has a pass by now.
      if (isPage && token !== undefined) return { kind: "page" };
      return { kind: "in", holder: pass.holder, ...this.#renewed(scope, pass, nowMs) };
    }
    // Whoever follows a link from another site does not show a strict cookie until the page itself asks for something.
    if (isPage && isFromElsewhere(headers)) return { kind: "in" };
    const retryInMs = token === undefined ? 0 : this.#wrong.add(address, nowMs);
    return retryInMs > 0 ? { kind: "refused", status: 429, retryInMs } : { kind: "refused", status: 401 };
  }

  #holderOf(token: string): Holder | undefined {
    if (hasSameHash(token, this.token)) return "owner";
    return this.#options.hasGuests && hasSameHash(token, this.invitation) ? "guest" : undefined;
  }

  #cookie(scope: PassScope, pass: BrowserPass, nowMs: number): string {
    return passCookie(scope, pass, nowMs, this.#options.isSecure);
  }

  #passIn(scope: PassScope, cookies: string | undefined, nowMs: number): BrowserPass | undefined {
    for (const value of passesIn(cookies, scope.port, this.#options.limits.passesReadMax)) {
      const pass = parsePass(scope, value, nowMs);
      if (pass) return pass;
    }
    return undefined;
  }

  /** Whoever keeps coming keeps their pass. */
  #renewed(scope: PassScope, pass: BrowserPass, nowMs: number): { cookie?: string } {
    const { passMs, passRenewMs } = this.#options.limits;
    if (pass.untilMs - nowMs > passMs - passRenewMs) return {};
    return { cookie: this.#cookie(scope, { ...pass, untilMs: nowMs + passMs }, nowMs) };
  }
}

function newToken(): string {
  return randomBytes(24).toString("base64url");
}

function isFromElsewhere({ "sec-fetch-site": site }: Knock["headers"]): boolean {
  return site === "cross-site" || site === "same-site";
}

function tokenIn(url: string): string | undefined {
  const query = url.indexOf("?");
  if (query === -1) return undefined;
  const token = new URLSearchParams(url.slice(query)).get("token") ?? undefined;
  return token !== undefined && token.length > tokenCharsMax ? "" : token;
}

/** Takes the same time however much of it is right. */
function hasSameHash(one: string, other: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
