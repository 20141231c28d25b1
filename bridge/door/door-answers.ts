/** What the bridge's door answers to a browser, and to a program, that it does not let through at once. */
import type { IncomingHttpHeaders } from "node:http";
import type { Entry } from "./door.ts";

/** `headers` are those of this answer alone. */
export interface DoorAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const texts = {
  en: {
    title: "This page opens with its link",
    why: "Whoever uses this bridge needs the link that it printed when it started, so that nobody else on this computer can.",
    how: "Open that link, which contains “?token=”, in this browser. This is needed once: from then on, the address alone is enough.",
    lost: "If the link is gone, stop the bridge and start it again.",
    wait: "Too many wrong links. Wait a minute before you try again.",
  },
  it: {
    title: "Questa pagina si apre con il suo link",
    why: "Per usare questo bridge serve il link che ha stampato all’avvio, così nessun altro su questo computer può farlo.",
    how: "Apri quel link, che contiene “?token=”, in questo browser. Basta una volta: da lì in poi è sufficiente l’indirizzo.",
    lost: "Se il link non c’è più, ferma il bridge e riavvialo.",
    wait: "Troppi link sbagliati. Aspetta un minuto prima di riprovare.",
  },
};

export function answerAtDoor(entry: Exclude<Entry, { kind: "in" }>, headers: IncomingHttpHeaders): DoorAnswer {
  const language = /^it\b/i.test(headers["accept-language"] ?? "") ? "it" : "en";
  const text = texts[language];
  const html = (head: string, ...paragraphs: string[]) => page(language, head, paragraphs);
  // What one request was told is not for the next.
  const common = { "Cache-Control": "no-store" };
  if (entry.kind === "page") {
    const cookie = entry.cookie === undefined ? undefined : { "Set-Cookie": entry.cookie };
    return { status: 303, headers: { ...common, ...cookie, Location: "/" }, body: "" };
  }
  const refusal =
    entry.status === 429
      ? { paragraphs: [text.wait], more: { "Retry-After": `${Math.ceil(entry.retryInMs / 1_000)}` } }
      : { paragraphs: [text.why, text.how, text.lost], more: { "WWW-Authenticate": 'Link realm="Salotto"' } };
  const isHtml = headers.accept?.includes("text/html") ?? false;
  return {
    status: entry.status,
    headers: { ...common, ...refusal.more, ...(isHtml ? htmlType : textType) },
    body: isHtml
      ? html(`<title>${text.title}</title>`, `<b>${text.title}</b>`, ...refusal.paragraphs)
      : `${refusal.paragraphs.join(" ")}\n`,
  };
}

const htmlType = { "Content-Type": "text/html; charset=utf-8" };
const textType = { "Content-Type": "text/plain; charset=utf-8" };

/** Everything in it is ours. */
function page(language: string, head: string, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
${head}
${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join("\n")}
</html>
`;
}
