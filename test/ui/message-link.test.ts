import { expect, test } from "vitest";
import { messageHash, parseMessageHash } from "../../ui/store/text/message-link.ts";
import { fc, property } from "../support/property.ts";

test.each([
  ["dev", "0198-abc"],
  ["caffè.2", "a/b#c%"],
])("a message of %s has an address that leads to it", (room, msgid) => {
  expect(messageHash(room, msgid)).toMatch(/^#[^/#]+\/[^/#]+$/);
  expect(parseMessageHash(messageHash(room, msgid))).toEqual({ room, msgid });
});

test.each(["", "#", "#dev", "#dev/", "#/x", "#two words/x", "#@bruno/x", "#dev/a/b", "#%/x", "#dev/%"])(
  "%j leads to none",
  (hash) => {
    expect(parseMessageHash(hash)).toBeUndefined();
  },
);

property("no address is too strange to be looked at", [fc.string({ unit: "binary" })], (anything) => {
  parseMessageHash(`#${anything}`);
});
