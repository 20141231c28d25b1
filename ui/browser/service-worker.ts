/** Starts the page's service worker. Without one, the page opens only while the bridge is running. */

export async function startServiceWorker(): Promise<void> {
  try {
    await navigator.serviceWorker.register("/worker.js");
  } catch {
    // The browser does not support it, does not allow it, or has no space left.
  }
}
