/** What the page says about an export, and what a file that people read says itself, in English. */
import { pluralFor } from "./plural.ts";

const plural = pluralFor("en");

export const enExport = {
  menu: "Export…",
  room: (room: string) => `Export ${room}`,
  person: (name: string) => `Export the conversation with ${name}`,
  search: "Export results",
  /** @param shown the count as people write it */
  messages: (count: number, shown: string) => plural(count, { one: "1 message", other: `${shown} messages` }),
  format: "Format",
  formats: { text: "Text to read", jsonl: "JSON lines for programs" },
  extent: "How much",
  everything: "Everything",
  since: "Since a day",
  day: "First day",
  onlyLoaded: {
    offline: (messages: string) => `Not connected. Only what this page has loaded can be exported: ${messages}.`,
    forgetful: (messages: string) =>
      `This server remembers nothing. Only what this page has loaded can be exported: ${messages}.`,
  },
  start: "Export",
  fetching: "Fetching messages…",
  fetched: (messages: string) => `${messages}…`,
  failed: (reason: string, messages: string) => `It stopped: ${reason}. So far: ${messages}.`,
  goOn: "Go on",
  saveSome: "Save these",
  saved: (messages: string, file: string) => `Saved as ${file}: ${messages}.`,
  full: (day: string) => `An export holds no more. This one ends on ${day}: export the rest from that day on.`,
  fullSearch: "An export holds no more. Older results are not in it: narrow the search to get them.",
  nothing: "There is nothing to export.",
  file: {
    room: (room: string, server: string) => `${room} on ${server}`,
    person: (name: string, server: string) => `Private conversation with ${name} on ${server}`,
    search: (query: string, server: string) => `Search for “${query}” on ${server}`,
    exported: (day: string, time: string, zone: string) =>
      `Exported on ${day} at ${time}. All times are those of ${zone}.`,
    notWhole: "There may be more that is not in this file.",
    answers: (name: string, text: string) => (text === "" ? `answers ${name}` : `answers ${name}: ${text}`),
    answersOther: "answers a message that is not in this file",
    deleted: "deleted",
  },
};
