/** Asks a bridge for a page, as a browser does. */
import { request } from "node:http";

/**
 * Whoever visits does not use the link, only the bridge that it leads to.
 * @returns the status of the answer; 0 when there was none
 */
export function visit(link: string, headers: Record<string, string> = {}, path = "/"): Promise<number> {
  const { port } = new URL(link);
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, path, headers, agent: false }, (answer) => {
      answer.resume().on("close", () => resolve(answer.statusCode ?? 0));
    });
    asked.on("error", () => resolve(0));
    asked.end();
  });
}
