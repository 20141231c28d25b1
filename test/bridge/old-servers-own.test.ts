/** The person's own messages on an old server: each arrives alone and is recognised, whatever it looks like. */
import { describe, expect, it } from "vitest";
import { joined, oldServer } from "./old-server-page.ts";

describe("on an old server", () => {
  it("that is slow to read each message still arrives alone, and so does the goodbye", async () => {
    const server = await oldServer("ancestor", 40);
    const page = await joined(server, "anna", {
      limits: { legacyReadMs: 1_000, legacyEchoMs: 5_000, legacyQuitMs: 5_000 },
    });
    const answers = ["uno", "due", "tre"].map((text) => page.post(text));
    await page.quit();
    expect(server.connections[0]?.received).toEqual(["anna", "uno", "due", "tre", "{quit}"]);
    for (const answer of answers) expect(await answer).toMatchObject({ ok: true });
    for (const message of page.messages) expect(message).not.toHaveProperty("unconfirmed");
  });

  it("that is slow to read and does not echo has read all before the person is gone", async () => {
    const server = await oldServer("relay", 40);
    const limits = { legacyEchoMs: 5, legacyReadMs: 500, legacyQuitGapMs: 1_000, legacyQuitMs: 5_000 };
    const page = await joined(server, "anna", { limits });
    await page.post("uno");
    page.post("due");
    await page.quit();
    expect(server.connections[0]?.received).toEqual(["anna", "uno", "due"]);
  });

  it.each(["(anna: eco)", "SERVER: pippo", "anna: anna: ciao", "1.2.3.4:5 - x", "uno\n/userlist a,b\n(anna: due)"])(
    "an own message that looks like other lines, %j, is the person's and is confirmed",
    async (text) => {
      const server = await oldServer("b");
      const page = await joined(server, "anna", { limits: { legacyEchoMs: 60_000 } });
      const answers = await Promise.all([page.post(text), page.post("dopo")]);
      for (const answer of answers) expect(answer).toMatchObject({ ok: true });
      for (const message of page.messages) expect(message).not.toHaveProperty("unconfirmed");
      expect(page.said).toEqual([`anna: ${text}`, "anna: dopo"]);
      expect(page.events.map(({ type }) => type)).toEqual(["joined", "message", "message"]);
    },
  );
});
