/**
 * How a web address is shown, so that nobody mistakes the host it opens. It is shown as written when the browser opens
 * exactly that and it resembles no other host; otherwise as it is opened, in Punycode (`xn--…`). The rules follow the
 * browsers', except where those need a list of well-known hosts.
 */

interface Parts {
  scheme: string;
  /** The host with its port, including anything that a browser would take for them. */
  host: string;
  rest: string;
}

/** @param text the address as written, which parses to `url` */
export function shownAddress(text: string, url: URL): string {
  const { scheme, host, rest } = partsOf(text);
  // When host and path are both right to left, they would swap places on screen.
  const isMovable = rightToLeft.test(host) && rightToLeft.test(rest);
  return isPlain(host, url) && !isMovable ? text : `${scheme}${url.host}${rest}`;
}

/** Only the host of an address, with its port. */
export function shownHost(text: string, url: URL): string {
  const { host } = partsOf(text);
  return isPlain(host, url) ? host.toLowerCase() : url.host;
}

function partsOf(text: string): Parts {
  const [start = "", scheme = "", host = ""] = /^(\w+:\/\/)([^/?#\\]*)/.exec(text) ?? [];
  return { scheme, host, rest: text.slice(start.length) };
}

const rightToLeft = /[\p{scx=Hebr}\p{scx=Arab}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}]/u;

function isPlain(written: string, { hostname }: URL): boolean {
  const host = written.replace(/:\d*$/, "").toLowerCase();
  // Numbers and `%41` are written this way to hide their meaning.
  if (/^[!-~]*$/.test(host)) return host === hostname;
  if (host !== host.normalize("NFKC").toLowerCase()) return false;
  const labels = host.split(".");
  const isAbroad = /^[!-~]*$/.test(labels.at(-1) ?? "");
  return labels.every((label) => oneScript.test(label) && isReadable(label) && !(isAbroad && lookalike.test(label)));
}

/** Scripts in daily use (UAX 31, table 5). A label uses one of them, or those that one language combines. */
const scripts = [
  ...["Latn", "Cyrl", "Grek", "Armn", "Geor", "Hebr", "Arab", "Thaa", "Ethi", "Deva", "Beng", "Guru", "Gujr", "Orya"],
  ...["Taml", "Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Mymr", "Khmr", "Tibt"],
  ...["Hani Hira Kana", "Hani Hang", "Hani Bopo"],
];

const oneScript = new RegExp(`^(?:${scripts.map((names) => labelIn(names.split(" "))).join("|")})$`, "v");

function labelIn(scripts: readonly string[]): string {
  const letters = scripts.map((script) => String.raw`\p{scx=${script}}`).join("");
  return String.raw`[\-0-9[[\p{L}\p{M}\p{Nd}]&&[${letters}]]]+`;
}

/** English letters with or without marks, and letters that resemble none of them. */
const latin = /^(?:[a-zßæœøđłþðŋə\d-]\p{M}*)+$/u;

/** Invisible, hidden under the dot of an i or j, or piled up. */
const misleadingMark = /\p{Default_Ignorable_Code_Point}|[ij]\u0307|\p{M}{4}/u;

function isReadable(label: string): boolean {
  const apart = label.normalize("NFD");
  return !misleadingMark.test(apart) && (!/\p{Script=Latn}/u.test(apart) || latin.test(apart));
}

/** All its letters look like Latin ones. Under a top-level domain in the same script, nobody takes them for Latin. */
const lookalike =
  /^(?=.*[^!-~])(?:[асԁеһіјӏорԛѕԝхуъьҽпгѵѡ\d-]+|[αικνρυωηοτγ\d-]+|[ագզէլհյնոռսցւքօ\d-]+|[იოყძხჽჿ\d-]+|[דוחיןסר\d-]+|[ทนบพรหเแ๐ดลปฟม\d-]+|[ခဂငထပဝ၀၁\d-]+)$/u;
