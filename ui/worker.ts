/**
 * The page's service worker: keeps the built files, so that the page opens while the bridge is away. Files with a hash
 * in their names never change and come from here; everything else comes from the bridge while it runs, so nobody sees
 * an old page. The socket.io connection to the bridge does not pass through here.
 */
/// <reference lib="webworker" />
import type { Shell } from "./app-build.ts";

declare const self: ServiceWorkerGlobalScope;
/** The build puts it before this code. */
declare const shell: Shell;

const prefix = "salotto ";
/** Milliseconds in which a running bridge answers. One that hangs counts as not running. */
const bridgeWaitMs = 3_000;
/** Milliseconds during which a bridge that hung is not waited for again, since a page is more than one file. */
const hungMs = 5_000;
let hungUntilMs = 0;
const cacheName = prefix + shell.version;
const opened = caches.open(cacheName);
// Every user of the promise hears of the rejection too.
opened.catch(() => {});

self.addEventListener("install", (event) => {
  // There is no need to wait: the page comes from the bridge anyway.
  void self.skipWaiting();
  event.waitUntil(opened.then((cache) => cache.addAll(shell.files)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([forgetOthers(), self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith("/socket.io/")) return;
  event.respondWith(pathname.startsWith("/assets/") ? keptFirst(request) : bridgeFirst(request));
});

/** Keeps the latest one: a page that has been open since then has not loaded all its files yet. */
async function forgetOthers(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

async function keptFirst(request: Request): Promise<Response> {
  return (await kept(request)) ?? fetch(request);
}

async function bridgeFirst(request: Request): Promise<Response> {
  const hangs = Date.now() < hungUntilMs;
  const signal = AbortSignal.timeout(hangs ? 0 : bridgeWaitMs);
  const answer = await fetch(request, { signal }).catch(() => Response.error());
  if (signal.aborted && !hangs) hungUntilMs = Date.now() + hungMs;
  // A running bridge that wants its link says so, and would not let the kept page in either.
  return answer.ok || answer.status === 401 ? answer : ((await kept(request)) ?? answer);
}

/** If the browser now refuses what it took before, nothing was kept. */
async function kept(request: Request): Promise<Response | undefined> {
  // A file is the same in whatever encoding the bridge sends it, and the page the same for whatever link leads to it.
  const options = { ignoreVary: true, ignoreSearch: true };
  try {
    return (await (await opened).match(request, options)) ?? (await caches.match(request, options));
  } catch {
    return undefined;
  }
}
