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
const cacheName = prefix + shell.version;
const opened = caches.open(cacheName);

self.addEventListener("install", (event) => {
  // Pages that are open go on with the files that they have; the next one to be opened is whole.
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

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)),
  );
}

async function keptFirst(request: Request): Promise<Response> {
  return (await kept(request)) ?? fetch(request);
}

async function bridgeFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await kept(request)) ?? Response.error();
  }
}

async function kept(request: Request): Promise<Response | undefined> {
  const cache = await opened;
  // A file is the same in whatever form the bridge sends it.
  return cache.match(request, { ignoreVary: true });
}
