/**
 * A wire that breaks in the middle of a line: forwards a port to another, and ends or stalls one of its connections on
 * request. It does not know what is said on it.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** One connection: `near` connected to the wire, `far` is its target. */
interface Strand {
  near: Socket;
  far: Socket;
  /** The side that gets half of what comes next, and then the end. */
  breaking?: "near" | "far";
}

export class Wire {
  readonly port: number;
  readonly #server: Server;
  readonly #strands: Set<Strand>;

  private constructor(server: Server, strands: Set<Strand>) {
    this.#server = server;
    this.#strands = strands;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param target the port to forward to, on this computer */
  static async start(target: number): Promise<Wire> {
    const strands = new Set<Strand>();
    const server = createServer((near) => {
      const strand: Strand = { near, far: connect({ host: "127.0.0.1", port: target, noDelay: true }) };
      near.setNoDelay(true);
      strands.add(strand);
      near.on("close", () => strands.delete(strand));
      forward(strand, "near", "far");
      forward(strand, "far", "near");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Wire(server, strands);
  }

  /**
   * Breaks a connection within the next bytes in that direction: one side gets half of them and the end, the other a
   * reset.
   * @param which from 0 up to but not including 1
   */
  cut(which: number, way: "near" | "far"): void {
    const strand = this.#pick(which);
    if (strand) strand.breaking = way;
  }

  /** Takes nothing from the far side of a connection for a while, so that its near side becomes a slow reader. */
  stall(which: number, ms: number): void {
    const far = this.#pick(which)?.far;
    far?.pause();
    setTimeout(() => far?.resume(), ms);
  }

  close(): void {
    this.#server.close();
    for (const { near, far } of this.#strands) {
      near.destroy();
      far.destroy();
    }
  }

  #pick(which: number): Strand | undefined {
    return [...this.#strands][Math.floor(which * this.#strands.size)];
  }
}

function forward(strand: Strand, source: "near" | "far", target: "near" | "far"): void {
  const from = strand[source];
  const to = strand[target];
  from.on("data", (chunk) => {
    if (strand.breaking === target) {
      to.end(chunk.subarray(0, chunk.length / 2));
      from.resetAndDestroy();
    } else if (!to.write(chunk)) {
      from.pause();
      to.once("drain", () => from.resume());
    }
  });
  from.on("error", () => {});
  from.on("close", () => to.destroySoon());
}
