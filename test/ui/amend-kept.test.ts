/** What was deleted, edited, or said by somebody who has quit stays nowhere in the browser. */
import { describe, expect, test } from "vitest";
import type { EventOf } from "../../protocol/events.ts";
import { type Browser, memoryStorage, openStore } from "./memory-bridge-client.ts";
import { edit, joined, message, numbered, remove, snapshot } from "./story.ts";

const story = [joined(0, "anna", "bruno"), message(1), message(2)];
const upTo = story.length;

/** Anna, in the chat, after `story` happened. */
function inChat(browser: Browser = {}) {
  const opened = openStore(browser);
  opened.store.join("anna");
  opened.client.bridge.snapshot(snapshot({ events: numbered(1, ...story) }));
  return opened;
}

/** The same after the browser kept it. */
function kept(browser: Browser = {}) {
  const opened = inChat(browser);
  opened.store.keepNow();
  return opened;
}

describe("what was deleted or changed", () => {
  test.each([
    ["deleted", remove(3, 1), ["", "text 2"]],
    ["edited", edit(3, 1, "other"), ["other", "text 2"]],
  ])("is %s in what was kept of it too, also by whom else the browser is used", (_what, change, texts) => {
    const first = kept();
    const shelf = first.shelf;
    void shelf.keep({ server: "127.0.0.1:8080", name: "carla" }, "session", first.store.state);
    first.client.bridge.event({ n: upTo + 1, event: change });
    const keptTexts = shelf.chats.map(({ rooms }) =>
      rooms[0]?.entries.flatMap((entry) => (entry.kind === "message" ? entry.message.text : [])),
    );
    expect(keptTexts).toEqual([texts, texts]);
  });

  const answer = { kind: "reply", msgid: "msg-1", author: "anna", text: "text 1" };
  const correction = { kind: "edit", msgid: "msg-1", text: "text 1", draft: "my draft" };
  test.each<[string, object, EventOf<"edit"> | EventOf<"delete">, string | null, string | null]>([
    ["of what was being answered, its new text", answer, edit(3, 1, "new"), '"text":"new"', "text 1?"],
    ["of what was being answered, nothing", answer, remove(3, 1), '{"kind":"gone"}', "text 1?"],
    ["of what was being changed, what was written before", correction, remove(3, 1), null, "my draft"],
  ])("leaves in the window, %s", (_what, about, change, aboutKept, draftKept) => {
    const window = memoryStorage();
    const { client } = inChat({ window });
    window.setItem("salotto.about lobby", JSON.stringify(about));
    window.setItem("salotto.draft lobby", "text 1?");
    client.bridge.event({ n: upTo + 1, event: change });
    if (aboutKept === null) expect(window.getItem("salotto.about lobby")).toBeNull();
    else expect(window.getItem("salotto.about lobby")).toContain(aboutKept);
    expect(window.getItem("salotto.draft lobby")).toBe(draftKept);
  });
});

test("who quits leaves in the browser nothing that was said or was being written", () => {
  const [window, browser] = [memoryStorage(), memoryStorage()];
  const opened = kept({ window, browser });
  window.setItem("salotto.draft lobby", "secret draft");
  window.setItem("salotto.draft @bruno", "secret draft");
  window.setItem("salotto.about lobby", JSON.stringify({ kind: "reply", msgid: "msg-1", text: "text 1" }));
  opened.store.sending.post({ room: "lobby", text: "secret post", action: false });
  opened.store.quit();
  const all = [window, browser].flatMap((storage) => [...storage.items.values()]);
  expect(all.join("\n")).not.toMatch(/secret|text 1/);
  expect(opened.shelf.chats).toEqual([]);
});
