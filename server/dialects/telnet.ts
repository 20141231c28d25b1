/**
 * Removes telnet from a stream of bytes (RFC 854): option negotiation disappears, and the erase keys of a terminal that
 * sends each key separately take effect. This is unambiguous, because 0xFF never occurs in UTF-8.
 */

/** The byte that begins each of telnet's commands. */
export const IAC = 255;
const SUBNEGOTIATION = 250;
const SUBNEGOTIATION_END = 240;
const WILL = 251;
const DONT = 254;

type State = "text" | "command" | "option" | "subnegotiation" | "subnegotiation-command";

export class TelnetFilter {
  #state: State = "text";

  /** Returns the bytes of `chunk` that are text. It remembers its place in a command that the chunk cuts. */
  filter(chunk: Uint8Array): Uint8Array {
    if (this.#state === "text" && !chunk.includes(IAC)) return chunk;
    return chunk.filter((byte) => this.#isText(byte));
  }

  #isText(byte: number): boolean {
    const before = this.#state;
    this.#state = next(before, byte);
    return before === "text" && this.#state === "text";
  }
}

function next(state: State, byte: number): State {
  switch (state) {
    case "text":
      return byte === IAC ? "command" : "text";
    case "command":
      if (byte === SUBNEGOTIATION) return "subnegotiation";
      return byte >= WILL && byte <= DONT ? "option" : "text";
    case "option":
      return "text";
    case "subnegotiation":
      return byte === IAC ? "subnegotiation-command" : "subnegotiation";
    case "subnegotiation-command":
      return byte === SUBNEGOTIATION_END ? "text" : "subnegotiation";
  }
}

/** Applies backspace and delete to the characters before them. */
export function applyRubouts(line: string): string {
  if (!/[\b\u007f]/.test(line)) return line;
  const kept: string[] = [];
  for (const character of line) {
    if (character === "\b" || character === "\u007f") kept.pop();
    else kept.push(character);
  }
  return kept.join("");
}
