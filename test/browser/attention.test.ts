import { expect, onTestFinished, test, vi } from "vitest";
import { watchAttention } from "../../ui/browser/attention.ts";

test("a window is attended to while it can be seen and has the focus", () => {
  const seen = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  const focus = vi.spyOn(document, "hasFocus").mockReturnValue(true);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const told: boolean[] = [];
  watchAttention((attentive) => told.push(attentive));
  focus.mockReturnValue(false);
  window.dispatchEvent(new Event("blur"));
  focus.mockReturnValue(true);
  window.dispatchEvent(new Event("focus"));
  seen.mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(told).toEqual([true, false, true, false]);
});
