/** Somebody at a terminal: gives a name, and reads plain text line by line. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export class Terminal {
  readonly #socket: Socket;
  /** The server has closed the connection, or reset it. */
  isClosed = false;
  onLine: (line: string) => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    let rest = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.onLine(line);
    });
    socket.on("error", () => {});
    for (const end of ["end", "close"] as const) {
      socket.on(end, () => {
        this.isClosed = true;
      });
    }
  }

  /** Resolves when the name is taken. */
  static async enter(port: number, name: string): Promise<Terminal> {
    const socket = connect({ host: "127.0.0.1", port });
    const terminal = new Terminal(socket);
    await once(socket, "connect");
    const entered = terminal.until((line) => line.includes(" here: "));
    socket.write(`${name}\n`);
    await entered;
    return terminal;
  }

  /** Waits for a line; other listeners hear the lines too. */
  until(isWanted: (line: string) => boolean): Promise<void> {
    const hear = this.onLine;
    return new Promise((resolve) => {
      this.onLine = (line) => {
        hear(line);
        if (!isWanted(line)) return;
        this.onLine = hear;
        resolve();
      };
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}
