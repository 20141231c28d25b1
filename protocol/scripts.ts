/**
 * Which scripts go together in a name: those of "moderately restrictive" in UTS #39, 5.2. Letters of different alphabets
 * look alike, and beside each other nobody sees which is which.
 */

/** Of UAX #31, table 5, those that are written beside Latin letters. Greek and Cyrillic have too many that look alike. */
const besideLatin =
  "Arab Armn Beng Bopo Deva Ethi Geor Gujr Guru Hang Hani Hebr Hira Kana Khmr Knda Laoo Mlym Mymr Orya Sinh Taml Telu Thaa Thai Tibt";
/** Scripts of their own; of UAX #31, table 7, and what else people are called in. Braille is among them: some of its cells look like a colon. */
const alone =
  "Cyrl Grek Adlm Bali Bamu Bass Batk Brai Bugi Buhd Cakm Cans Cham Cher Gong Gonm Hano Hmng Hmnp Java Kali Khoj Kthi Lana Lepc Limb Lisu Mand Medf Modi Mong Mroo Mtei Nagm Newa Nkoo Olck Osge Plrd Rjng Rohg Samr Saur Sind Sund Sylo Syrc Tagb Takr Tale Talu Tavt Tfng Tglg Tirh Toto Vaii Wara Wcho Yiii";
/** Languages that are written in several scripts at once: Japanese, Chinese, Korean. */
const together = ["Latn Hani Hira Kana", "Latn Hani Bopo", "Latn Hani Hang"];

const combinations = [
  ...besideLatin.split(" ").map((script) => `Latn ${script}`),
  ...alone.split(" "),
  ...together,
].map((scripts) => {
  const letters = scripts.split(" ").map((script) => String.raw`\p{scx=${script}}`);
  return new RegExp(String.raw`^[${letters.join("")}\p{sc=Zyyy}\p{sc=Zinh}]*$`, "u");
});

/** Whether the letters of a name are of one script, or of several that go together. */
export function isOfOneScript(name: string): boolean {
  return combinations.some((combination) => combination.test(name));
}
