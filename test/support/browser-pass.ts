/** Comes in by a bridge's link, as a browser does, for programs of ours that then speak to the bridge like one. */

/** @returns the header `cookie` that shows the pass */
export async function passFor(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: "manual" });
  const [cookie] = answer.headers.getSetCookie();
  if (cookie === undefined) throw new Error(`the bridge gave no pass: ${answer.status}`);
  return cookie.slice(0, cookie.indexOf(";"));
}
