/**
 * The page's service worker: keeps the built files, so that the page opens while the bridge is away. Files with a hash in
 * their names never change and come from here; everything else comes from the bridge whenever that is there, so nobody
 * sees an old page. What is said to the bridge itself, over socket.io, is none of its business.
 */
/// <reference lib="webworker" />
import type { Shell } from "./app-build.ts";

declare const self: ServiceWorkerGlobalScope;
/** The build writes it before this code. */
declare const shell: Shell;

const prefix = "salotto ";
/** Milliseconds in which a bridge that is there has answered; one that hangs is as good as none. */
const bridgeWaitMs = 3_000;
/** Milliseconds for which one that hung is not waited for again: a page is more than one file. */
const hungMs = 5_000;
let hungUntilMs = 0;
const cacheName = prefix + shell.version;
const opened = caches.open(cacheName);
// Whoever uses it hears of it too.
opened.catch(() => {});

self.addEventListener("install", (event) => {
  // Nobody is asked: the page comes from the bridge anyway.
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

/** All but the last one: a page that is open since then has not loaded all its files yet. */
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
  return answer.ok ? answer : ((await kept(request)) ?? answer);
}

/** A browser that refuses now what it took before has kept nothing. */
async function kept(request: Request): Promise<Response | undefined> {
  // A file is the same in whatever form the bridge sends it.
  const options = { ignoreVary: true };
  try {
    return (await (await opened).match(request, options)) ?? (await caches.match(request, options));
  } catch {
    return undefined;
  }
}
