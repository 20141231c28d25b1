import { describe, expect, onTestFinished, test } from "vitest";
import { PageStorage } from "../../ui/browser/storage.ts";

/** Replaces a property of the browser for one test. */
function replace(owner: object, name: string, property: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { configurable: true, ...property });
  onTestFinished(() => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  });
}

const refuse = (name: string) => () => {
  throw new DOMException("", name);
};

test("what a browser takes is there for the next page, and for no other area", () => {
  onTestFinished(() => localStorage.clear());
  new PageStorage("localStorage").setItem("salotto.name", "anna");
  expect(new PageStorage("localStorage").getItem("salotto.name")).toBe("anna");
  expect(new PageStorage("localStorage").keys()).toContain("salotto.name");
  expect(new PageStorage("sessionStorage").getItem("salotto.name")).toBeNull();
});

describe("a page goes on with what it has kept", () => {
  test.each<[string, () => void]>([
    ["storage is forbidden", () => replace(window, "localStorage", { get: refuse("SecurityError") })],
    ["there is none", () => replace(window, "localStorage", { value: null })],
    ["it is full", () => replace(Storage.prototype, "setItem", { value: refuse("QuotaExceededError") })],
    [
      "nothing in it can be touched",
      () => {
        for (const method of ["getItem", "setItem", "removeItem"])
          replace(Storage.prototype, method, { value: refuse("InvalidStateError") });
      },
    ],
  ])("where %s", (_what, hinder) => {
    onTestFinished(() => localStorage.clear());
    localStorage.setItem("before", "there");
    hinder();
    const storage = new PageStorage("localStorage");
    expect(storage.getItem("name")).toBeNull();
    storage.setItem("name", "anna");
    storage.setItem("before", "other");
    expect([storage.getItem("name"), storage.getItem("before")]).toEqual(["anna", "other"]);
    expect(storage.keys().toSorted()).toEqual(["before", "name"]);
    storage.removeItem("name");
    storage.removeItem("before");
    expect([storage.getItem("name"), storage.getItem("before"), storage.keys()]).toEqual([null, null, []]);
  });
});

test("where there is room again, the next value is kept for the next page", () => {
  onTestFinished(() => localStorage.clear());
  const big = "x".repeat(1_000_000);
  for (let count = 0; count < 5; count += 1) {
    try {
      localStorage.setItem(`big ${count}`, big);
    } catch {
      break;
    }
  }
  const storage = new PageStorage("localStorage");
  const long = "y".repeat(1_000_000);
  storage.setItem("draft", long);
  expect(storage.getItem("draft")).toBe(long);
  expect(localStorage.getItem("draft")).toBeNull();
  localStorage.removeItem("big 0");
  localStorage.removeItem("big 1");
  storage.setItem("draft", long);
  expect(localStorage.getItem("draft")).toBe(long);
});
