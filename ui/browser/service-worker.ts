/** Starts the page's service worker. Where there is none, the page opens only while the bridge is there. */

export async function startServiceWorker(): Promise<void> {
  try {
    await navigator.serviceWorker.register("/worker.js");
  } catch {
    // The browser has none, does not allow it, or has no space left.
  }
}
