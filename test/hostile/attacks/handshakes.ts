/** Attacks on the port for TLS. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { type Attack, repeat, type Target } from "../attack.ts";

/** The first bytes of a handshake that goes no further. */
const beginning = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]);
const LANES = 20;
/** Longer than a handshake takes beside a flood. */
const GREETED_MS = 10_000;

/** Whether somebody who comes over TLS is greeted. */
async function isGreeted(port: number): Promise<boolean> {
  const socket = connectTls({ host: "127.0.0.1", port, rejectUnauthorized: false });
  socket.on("error", () => {});
  const greeted = once(socket, "data").then(([said]) => String(said).includes("salotto/1"));
  const gone = new Promise<false>((resolve) => socket.once("close", () => resolve(false)));
  const isIn = await Promise.race([greeted.catch(() => false), gone, pause(GREETED_MS, false)]);
  socket.destroy();
  return isIn;
}

/** People come over TLS while somebody else opens connections. @returns what went wrong for them */
async function whileOpening(target: Target, open: (socket: Socket) => void): Promise<string[]> {
  let refused = 0;
  const sockets: Socket[] = [];
  const flood = repeat(target, LANES, async () => {
    const socket = connect({ host: "127.0.0.1", port: target.tlsPort });
    sockets.push(socket);
    socket.on("error", () => {}).resume();
    await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
    open(socket);
    await pause(1);
  });
  const people = repeat(target, 1, async () => {
    if (!(await isGreeted(target.tlsPort))) refused += 1;
    await pause(50);
  });
  await Promise.all([flood, people]);
  for (const socket of sockets) socket.destroy();
  return refused > 0 ? [`${refused} people are not greeted over TLS`] : [];
}

export const handshakes: readonly Attack[] = [
  {
    name: "TLS handshakes that are begun and never finished",
    run: (target) => whileOpening(target, (socket) => socket.write(beginning)),
  },
  {
    name: "silence on the port for TLS",
    run: (target) => whileOpening(target, () => {}),
  },
];
