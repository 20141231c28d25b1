/** The README's three screenshots: a browser, a terminal and an old chat client in one conversation. */
import type { PageWindow } from "../../test/support/page-window.ts";
import type { WireClient } from "../../test/support/wire-client.ts";
import type { Camera } from "./camera.ts";
import type { Guest } from "./guest.ts";
import { phone, type Studio } from "./studio.ts";

const sharp = { deviceScaleFactor: 2 };

export async function pictureTheReadme(studio: Studio, camera: Camera): Promise<void> {
  const luca = await studio.invite("Luca");
  await luca.ask({ type: "topic", room: "lobby", topic: "Tea, films and small talk" });
  const marta = await studio.openRoom("Marta", { viewport: { width: 1_080, height: 680 }, ...sharp });
  const nc = await enter(studio, "Giulio\n");
  const old = await enter(studio, "Professor Riva");
  const say = async (wire: WireClient, text: string, seen: string) => {
    wire.send(text);
    await marta.log.getByText(seen).waitFor();
  };
  await marta.log.getByText("Professor Riva joined").waitFor();
  await say(nc, "Good evening! I am on nc, from the server's own terminal.\n", "I am on nc");
  await marta.send("And I am in a browser. Same room, same port 8080.");
  await marta.log.getByText("And I am in a browser").waitFor();
  await say(old, "My chat client is twelve years old and frames nothing. It still works!", "It still works!");
  await say(nc, "A bot takes ten lines: see docs/protocol.md\n", "A bot takes ten lines");
  await say(nc, "/me puts the kettle on\n", "puts the kettle on");
  await marta.send("Tea for me, please.\nWho else is coming tonight?");
  await marta.log.getByText("Tea for me, please.").waitFor();
  const anna = await studio.openRoom("Anna", { ...phone, ...sharp });
  await anna.send("I am! https://en.wikipedia.org/wiki/Salon_(gathering)");
  await marta.log.getByText("https://en.wikipedia.org").waitFor();
  await gatherInOtherRooms(luca, marta);
  await marta.composer.fill("Come in, come in");
  for (const colorScheme of ["light", "dark"] as const) {
    await marta.page.emulateMedia({ colorScheme });
    await camera.take(marta, colorScheme);
  }
  await camera.take(anna, "phone");
}

/** @param name with a line end for a terminal, without one for an old client */
async function enter(studio: Studio, name: string): Promise<WireClient> {
  const wire = await studio.connect();
  await wire.until("Type your name");
  wire.send(name);
  await wire.until(`Welcome, ${name.trim()}`);
  return wire;
}

async function gatherInOtherRooms(luca: Guest, marta: PageWindow): Promise<void> {
  for (const room of ["cinema", "garden"]) await marta.joinRoom(room);
  await luca.ask({ type: "join", room: "cinema" });
  await luca.say("cinema", "Tonight at nine?");
  await luca.say("cinema", "Marta, are you coming?");
  await luca.say("@Marta", "I have two tickets.");
  await marta.goTo("lobby");
  await marta.rooms.getByRole("button", { name: "Luca 1 unread message" }).waitFor();
}
