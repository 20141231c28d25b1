/** Asks a bridge for a page, as a browser does. */
import { request } from "node:http";

/** @returns the status of the answer; 0 when there was none */
export function visit(port: number, headers: Record<string, string> = {}, path = "/"): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, path, headers, agent: false }, (answer) => {
      answer.resume().on("close", () => resolve(answer.statusCode ?? 0));
    });
    asked.on("error", () => resolve(0));
    asked.end();
  });
}
