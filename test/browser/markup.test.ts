import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { edit, joinedRoom, message } from "../ui/story.ts";
import { allowClipboard, button, expectFocus, field, log, openRoom } from "./open-page.ts";

const article = (text: string | RegExp) => page.getByRole("article").filter({ hasText: text });

describe("marks in a message", () => {
  test("are shown as what they mean, and sent as they were typed", async () => {
    const { client } = await openRoom([message(1, { text: "**so** *that* ~~not~~ `x < y`\n> before" })]);
    await expect.element(log.getByRole("strong")).toHaveTextContent("so");
    await expect.element(log.getByRole("emphasis")).toHaveTextContent("that");
    await expect.element(log.getByRole("deletion")).toHaveTextContent("not");
    await expect.element(log.getByRole("code")).toHaveTextContent("x < y");
    await expect.element(log.getByRole("blockquote")).toHaveTextContent("before");
    await field.fill("**mine**");
    await userEvent.keyboard("{Enter}");
    expect(client.posts[0]?.request.text).toBe("**mine**");
    await expect.element(log.getByText("mine", { exact: true })).toHaveRole("strong");
  });

  test("make lists of lines", async () => {
    await openRoom([message(1, { text: "buy\n- milk\n- **good** bread" }), message(2, { text: "3. three\n4. four" })]);
    await expect.element(log.getByRole("listitem").nth(1)).toHaveTextContent("good bread");
    await expect.element(log.getByRole("list").nth(1)).toHaveAttribute("start", "3");
    expect(log.getByRole("listitem").elements()).toHaveLength(4);
  });

  test("never make markup: headings, tables, images and HTML are text", async () => {
    const text = "# head\n| a | b |\n![x](https://example.org/x.png)\n<b>bold</b><img src=x onerror=alert(1)>";
    await openRoom([message(1, { text })]);
    await expect.element(article(/<b>bold<.b><img src=x/)).toBeVisible();
    expect(article("head").getByRole("heading").elements()).toEqual([]);
    expect(log.getByRole("table").elements()).toEqual([]);
    expect(log.getByRole("img").elements()).toEqual([]);
  });

  test("name links, which say where they lead", async () => {
    await openRoom([message(1, { text: "[bank](https://evil.example/a) [no](javascript:alert(1))" })]);
    const link = log.getByRole("link");
    await expect.element(link).toHaveAttribute("href", "https://evil.example/a");
    await expect.element(link).toHaveAttribute("rel", "noopener noreferrer");
    await expect.element(log.getByText("bank (evil.example) [no](javascript:alert(1))")).toBeVisible();
  });

  test("are drawn anew when the message is changed", async () => {
    const { tell } = await openRoom([message(1, { text: "*a*" })]);
    await expect.element(log.getByRole("emphasis")).toHaveTextContent("a");
    tell(edit(2, 1, "**b**"));
    await expect.element(log.getByRole("strong")).toHaveTextContent("b");
    await expect.element(log.getByRole("emphasis")).not.toBeInTheDocument();
  });

  test("are left out of what is quoted and of what is answered", async () => {
    await openRoom([message(1, { text: "**so** `it` is" }), message(2, { reply: "msg-1" })]);
    await expect.element(button(/In reply to bruno so it is/)).toBeVisible();
    (article("text 2").element() as HTMLElement).focus();
    (article("so it is").first().element() as HTMLElement).focus();
    await button("Reply").first().click();
    await expect.element(page.getByText("so it is", { exact: true }).last()).toBeVisible();
  });

  test("do not make a few emoji any smaller", async () => {
    await openRoom([message(1, { text: "🎉🎉" }), message(2, { text: "**🎉**" })]);
    await expect.element(log.getByText("🎉🎉")).toBeVisible();
    const size = (text: string) =>
      Number.parseFloat(getComputedStyle(log.getByText(text, { exact: true }).element()).fontSize);
    expect(size("🎉🎉")).toBeGreaterThan(2 * size("🎉"));
  });
});

describe("a block of code", () => {
  const code = "let a = '**1**';\n\n  a += 2;";

  test("keeps its lines, and is copied with a button that says so", async () => {
    await allowClipboard();
    const { client } = await openRoom([message(1, { text: `see\n\`\`\`js\n${code}\n\`\`\`` })]);
    await expect.element(log.getByRole("code")).toHaveTextContent("let a = '**1**'; a += 2;");
    expect(log.getByRole("code").element().textContent).toBe(code);
    await button("Copy code").click();
    await expect.element(log.getByRole("status").filter({ hasText: "Copied" })).toBeInTheDocument();
    field.element().focus();
    await userEvent.keyboard("{Control>}v{/Control}");
    await expect.element(field).toHaveValue(code);
    await userEvent.keyboard("{Enter}");
    expect(client.posts.map(({ request }) => request.text)).toEqual([code]);
  });

  test("is reached by keyboard from its message", async () => {
    await openRoom([message(1, { text: `\`\`\`\n${code}\n\`\`\`` })]);
    await expect.element(button("Copy code")).toBeVisible();
    (article("let a").element() as HTMLElement).focus();
    await expect.element(button("React")).toBeVisible();
    await userEvent.keyboard("{Tab}{Tab}{Tab}{Tab}");
    await expectFocus(button("Copy code"));
  });
});

describe("a name with an @", () => {
  const looks = (text: string) => getComputedStyle(log.getByText(text, { exact: true }).element());

  test("of somebody one can know stands out, also one of several words; any other is text", async () => {
    await openRoom([message(1, { text: "@bruno and @chiara de luca, not @nobody or me@bruno" })]);
    await expect.element(log.getByText("@chiara de luca", { exact: true })).toBeVisible();
    expect(Number(looks("@bruno").fontWeight)).toBeGreaterThan(500);
    await expect.element(log.getByText("@nobody", { exact: true })).not.toBeInTheDocument();
  });

  test("of the reader's own stands out more, and so does the message", async () => {
    await openRoom([message(1, { text: "hello @anna" }), message(2, { text: "hello @bruno" }), message(3)]);
    await expect.element(log.getByText("@anna", { exact: true })).toBeVisible();
    expect(looks("@anna").backgroundColor).not.toBe(looks("@bruno").backgroundColor);
    const bubble = (text: string) =>
      getComputedStyle(article(text).element().querySelector(".bubble") as Element).backgroundColor;
    expect(bubble("hello @anna")).not.toBe(bubble("hello @bruno"));
    expect(bubble("hello @bruno")).toBe(bubble("text 3"));
  });
});

test("several lines that are pasted are one message", async () => {
  const { client } = await openRoom();
  await field.fill("one\ntwo\n\n  three");
  await userEvent.keyboard("{Control>}ax{/Control}");
  await expect.element(field).toHaveValue("");
  await userEvent.keyboard("{Control>}v{/Control}{Enter}");
  expect(client.posts.map(({ request }) => request.text)).toEqual(["one\ntwo\n\n  three"]);
});

test("the badge, the bubble and the name that stands out agree on who is meant", async () => {
  const { store } = await openRoom([
    joinedRoom("dev", 0, "anna", "Anna Lee"),
    message(1, { room: "dev", text: "@Anna Lee, `@anna` and https://example.org/@anna" }),
    message(2, { room: "dev", text: "@annaさん" }),
  ]);
  await expect.element(button(/^dev.*1 mention.*2 unread messages$/)).toBeVisible();
  store.openRoom("dev");
  await expect.element(log.getByText("@anna", { exact: true }).first()).toBeVisible();
  const marked = (position: number) => {
    const said = page.getByRole("article").nth(position).element();
    const names = [...said.querySelectorAll(".mention")].map((name) => name.textContent);
    return { names, isReader: said.matches(".mentioned") };
  };
  expect(marked(0)).toEqual({ names: ["@Anna Lee"], isReader: false });
  expect(marked(1)).toEqual({ names: ["@anna"], isReader: true });
});
