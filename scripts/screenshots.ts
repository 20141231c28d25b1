/** `npm run screenshots`: takes a screenshot of every state of the page, or renews those in the README. */
import { Command } from "commander";
import { pictureAccounts, pictureTheDoor } from "./screenshots/accounts.ts";
import { Camera } from "./screenshots/camera.ts";
import { converse } from "./screenshots/conversation.ts";
import { pictureTheReadme } from "./screenshots/for-the-readme.ts";
import { pictureItalian } from "./screenshots/in-italian.ts";
import { pictureTheRoom } from "./screenshots/in-the-room.ts";
import { pictureAnOldServer, pictureOutages } from "./screenshots/in-trouble.ts";
import { pictureTheJoinForm, pictureTheWait } from "./screenshots/joining.ts";
import { pictureModeration } from "./screenshots/moderation.ts";
import { pictureThePhone } from "./screenshots/on-a-phone.ts";
import { Studio } from "./screenshots/studio.ts";

const program = new Command("npm run screenshots --")
  .description("Fills a real server with a conversation and takes a screenshot of every state of the page.")
  .argument("[folder]", "folder for the screenshots", "screenshots")
  .option("--readme", "renew the README's screenshots in docs/pictures instead", false)
  .allowExcessArguments(false)
  .parse();
const { readme } = program.opts<{ readme: boolean }>();

const camera = new Camera(readme ? "docs/pictures" : program.processedArgs[0]);
const studio = await Studio.open();
try {
  if (readme) await pictureTheReadme(studio, camera);
  else await pictureEverything();
} finally {
  await studio.close();
}
for (const path of camera.taken) console.log(path);

async function pictureEverything(): Promise<void> {
  const guests = await converse(studio);
  await pictureTheJoinForm(studio, camera);
  await pictureTheRoom(studio, camera, guests);
  await pictureThePhone(studio, camera);
  await pictureItalian(studio, camera);
  await pictureModeration(studio, camera);
  await pictureAccounts(studio, camera);
  await pictureTheDoor(studio, camera);
  await pictureTheWait(studio, camera);
  await pictureAnOldServer(studio, camera);
  await pictureOutages(studio, camera);
}
