/** Takes out of a line whatever nobody else may read, before it is shown to anybody. */
const mask = "•••";

/** The `secretFields` of the protocol, also in a line that is cut off in the middle of one. */
const field = /"(password|old|new|token|data|invitation)"\s*:\s*"(?:[^"\\]|\\.)*"?/g;

/** What somebody types at a terminal, or by mistake to a server that has no accounts; to the end of the line. */
const typed = /(\/(?:login|register)\s).*/is;

export function withoutSecrets(line: string): string {
  return line.replace(field, `"$1":"${mask}"`).replace(typed, `$1${mask}`);
}
