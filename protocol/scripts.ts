/**
 * Which scripts may be mixed in a name: those of "moderately restrictive" in UTS #39, 5.2. Letters of different
 * alphabets look alike, and side by side nobody can tell them apart.
 */

/**
 * From UAX #31, table 5, the scripts that are used together with Latin. Greek and Cyrillic have too many lookalikes.
 */
const besideLatin =
  "Arab Armn Beng Bopo Deva Ethi Geor Gujr Guru Hang Hani Hebr Hira Kana Khmr Knda Laoo Mlym Mymr Orya Sinh Taml Telu Thaa Thai Tibt";
/**
 * Scripts used on their own, from UAX #31, table 7, and others that people have names in. Braille is one of them: some
 * of its cells look like a colon.
 */
const alone =
  "Cyrl Grek Adlm Bali Bamu Bass Batk Brai Bugi Buhd Cakm Cans Cham Cher Gong Gonm Hano Hmng Hmnp Java Kali Khoj Kthi Lana Lepc Limb Lisu Mand Medf Modi Mong Mroo Mtei Nagm Newa Nkoo Olck Osge Plrd Rjng Rohg Samr Saur Sind Sund Sylo Syrc Tagb Takr Tale Talu Tavt Tfng Tglg Tirh Toto Vaii Wara Wcho Yiii";
/** Languages that combine several scripts: Japanese, Chinese, Korean. */
const together = ["Latn Hani Hira Kana", "Latn Hani Bopo", "Latn Hani Hang"];

const combinations = [
  ...besideLatin.split(" ").map((script) => `Latn ${script}`),
  ...alone.split(" "),
  ...together,
].map((scripts) => {
  const letters = scripts.split(" ").map((script) => String.raw`\p{scx=${script}}`);
  return new RegExp(String.raw`^[${letters.join("")}\p{sc=Zyyy}\p{sc=Zinh}]*$`, "u");
});

/** Whether the letters of a name come from one script, or from several that may be mixed. */
export function isOfOneScript(name: string): boolean {
  return combinations.some((combination) => combination.test(name));
}
