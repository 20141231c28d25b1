/** Puts a text where the person can paste it from. */

/** @returns false when the browser does not allow it */
export async function copyToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
