/** A scripted server that knows one account, for what a real one does not do. Its side of SCRAM is the real one. */
import { makeScramKeys, parseClientFirst, ScramExchange } from "../../server/accounts/scram.ts";
import { type Answer, allFeatures, friendlyAnswer, type Json } from "./json-server.ts";

/** Anna's. */
export const password = "correct horse";
const keys = await makeScramKeys(password, 4_096);

export const encode = (text: string) => Buffer.from(text).toString("base64");
export const decode = (data: unknown) => Buffer.from(String(data), "base64").toString();
export const refusal = (code: string, more: Json = {}) => ({ type: "error", code, message: code, ...more });

/** A server where anna has an account. @param tokens those that count */
export function accountsAnswer(
  tokens = new Set<unknown>(),
  features = [...allFeatures, "accounts", "sessions"],
): Answer {
  const friendly = friendlyAnswer();
  let exchange: ScramExchange | undefined;
  const proved = new Set<unknown>();
  const token = () => {
    const made = `token ${tokens.size + 1}`;
    tokens.add(made);
    return made;
  };
  return (command, connection) => {
    const { type, name, mechanism, data } = command;
    switch (type) {
      case "hello":
        return { ...friendly(command, connection), features };
      case "authenticate": {
        if (command.token !== undefined && !tokens.has(command.token)) return refusal("token-invalid");
        if (mechanism === undefined) {
          proved.add(connection);
          return { type: "ok", name: "anna" };
        }
        const first = parseClientFirst(decode(data));
        if (first) {
          exchange = new ScramExchange(first, keys);
          return { type: "ok", data: encode(exchange.challenge) };
        }
        const last = exchange?.answer(decode(data));
        if (last === undefined) return refusal("wrong-password");
        proved.add(connection);
        return { type: "ok", name: "anna", token: token(), data: encode(last) };
      }
      case "register":
        proved.add(connection);
        return { type: "ok", name: name ?? "anna", token: token() };
      case "login":
        if (name === "anna" && !proved.has(connection)) return refusal("name-registered");
        return friendly(command, connection);
      case "sign-out":
        return { type: "ok" };
      default:
        return friendly(command, connection);
    }
  };
}
