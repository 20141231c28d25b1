/**
 * What is to be read of a web address, so that nobody takes the host that is opened for another: it is shown as it is
 * written where the browser opens just that and it looks like no other host, and otherwise as it is opened, in Punycode
 * (`xn--…`). The rules are those of browsers, as far as they need no list of well-known hosts.
 */

interface Parts {
  scheme: string;
  /** The host with its port, and with anything that a browser would understand as such. */
  host: string;
  rest: string;
}

/** @param text an address as it is written, which is parsed as `url` */
export function shownAddress(text: string, url: URL): string {
  const { scheme, host, rest } = partsOf(text);
  // A host and a path that are both written from right to left would change places.
  const isMovable = rightToLeft.test(host) && rightToLeft.test(rest);
  return isPlain(host, url) && !isMovable ? text : `${scheme}${url.host}${rest}`;
}

/** The host of an address alone, with its port. */
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
  // Numbers and `%41` are written so to hide what they stand for.
  if (/^[!-~]*$/.test(host)) return host === hostname;
  if (host !== host.normalize("NFKC").toLowerCase()) return false;
  const labels = host.split(".");
  const isAbroad = /^[!-~]*$/.test(labels.at(-1) ?? "");
  return labels.every((label) => oneScript.test(label) && isReadable(label) && !(isAbroad && lookalike.test(label)));
}

/** Scripts in daily use (UAX 31, table 5). A label is written in one of them, or in those that one language takes together. */
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

/** English letters with or without marks, and letters that look like none of them. */
const latin = /^(?:[a-zßæœøđłþðŋə\d-]\p{M}*)+$/u;

/** Shows nothing, hides under its dot, or is piled up. */
const misleadingMark = /\p{Default_Ignorable_Code_Point}|[ij]\u0307|\p{M}{4}/u;

function isReadable(label: string): boolean {
  const apart = label.normalize("NFD");
  return !misleadingMark.test(apart) && (!/\p{Script=Latn}/u.test(apart) || latin.test(apart));
}

/** All of its letters look like Latin ones; under a top-level domain of the same script nobody takes them for such. */
const lookalike =
  /^(?=.*[^!-~])(?:[асԁеһіјӏорԛѕԝхуъьҽпгѵѡ\d-]+|[αικνρυωηοτγ\d-]+|[ագզէլհյնոռսցւքօ\d-]+|[იოყძხჽჿ\d-]+|[דוחיןסר\d-]+|[ทนบพรหเแ๐ดลปฟม\d-]+|[ခဂငထပဝ၀၁\d-]+)$/u;
