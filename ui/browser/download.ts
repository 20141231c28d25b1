/** Hands a file to the browser, which saves it with its downloads. */

/** Milliseconds after which the browser has certainly read the file: no event says so. */
const readMs = 60_000;

/** @param parts the text, in pieces */
export function download(name: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), readMs);
}
