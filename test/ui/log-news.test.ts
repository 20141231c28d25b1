import { expect, test } from "vitest";
import { Entries } from "../../ui/store/model/entries.ts";
import { initialState, newRoom } from "../../ui/store/model/state.ts";
import { addMessage } from "../../ui/store/model/timeline.ts";
import { LogNews } from "../../ui/store/selectors/log-news.ts";
import { message, salotto } from "./story.ts";

const reader = { ...initialState("anna"), upstream: salotto };
const log = (upTo: number) =>
  Array.from({ length: upTo }, (_, index) => message(index + 1)).reduce(
    (room, each) => addMessage(room, each, reader),
    newRoom("lobby"),
  ).entries;

test("what is there at the first look is no news, nor is what the reader wrote before it", () => {
  const news = new LogNews();
  expect(news.look(log(3), "written before")).toEqual({ messages: 0, wrote: false });
  expect(news.look(log(3), "written before")).toEqual({ messages: 0, wrote: false });
});

test("what was added since the last look is, and that the reader has written something else", () => {
  const news = new LogNews();
  news.look(Entries.none, undefined);
  expect(news.look(log(2), undefined)).toEqual({ messages: 2, wrote: false });
  expect(news.look(log(5), "one")).toEqual({ messages: 3, wrote: true });
  expect(news.look(log(5), "two")).toEqual({ messages: 0, wrote: true });
});
