/** The texts of the export dialog and of the exported text file, in English. */
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
  formats: { text: "Plain text", jsonl: "JSON lines (for programs)" },
  extent: "What to export",
  everything: "Everything",
  since: "From a day on",
  day: "First day",
  onlyLoaded: {
    offline: (messages: string) => `Not connected. Only what this page has loaded can be exported: ${messages}.`,
    forgetful: (messages: string) =>
      `This server keeps no messages. Only what this page has loaded can be exported: ${messages}.`,
  },
  start: "Export",
  fetching: "Fetching messages…",
  fetched: (messages: string) => `${messages}…`,
  failed: (reason: string, messages: string) => `The export stopped: ${reason}. So far: ${messages}.`,
  goOn: "Continue",
  saveSome: "Save these",
  saved: (messages: string, file: string) => `Saved as ${file}: ${messages}.`,
  full: (day: string) => `The file is full and ends on ${day}. Export the rest from that day on.`,
  fullSearch: "The file is full and older results are not in it. Narrow the search to get them.",
  nothing: "There is nothing to export.",
  file: {
    room: (room: string, server: string) => `${room} on ${server}`,
    person: (name: string, server: string) => `Private conversation with ${name} on ${server}`,
    search: (query: string, server: string) => `Search for “${query}” on ${server}`,
    exported: (day: string, time: string, zone: string) => `Exported on ${day} at ${time}. Time zone: ${zone}.`,
    notWhole: "This file may be incomplete.",
    answers: (name: string, text: string) => (text === "" ? `reply to ${name}` : `reply to ${name}: ${text}`),
    answersOther: "reply to a message that is not in this file",
    deleted: "deleted",
  },
};
