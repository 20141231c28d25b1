/** What a person does and sees in a window with the page, whoever opened it. */
import type { Page } from "playwright";

export class PageWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get log() {
    return this.page.getByRole("log", { name: "Messages" });
  }

  get composer() {
    return this.page.getByRole("textbox", { name: "Message", exact: true });
  }

  get status() {
    return this.page.getByRole("status", { name: "Connection" });
  }

  get people() {
    return this.page.getByRole("list", { name: "People" });
  }

  get rooms() {
    return this.page.getByRole("list", { name: "Rooms", exact: true });
  }

  /** The button of a room in the list, by the room's name. */
  room(name: string) {
    return this.rooms.getByRole("button", { name: new RegExp(`^${name}\\b`) });
  }

  /** Shows a room that the person is in. */
  async goTo(name: string): Promise<void> {
    await this.room(name).click();
    await this.page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
  }

  /** Joins a room, or creates it, and shows it. */
  async joinRoom(name: string): Promise<void> {
    await this.send(`/join ${name}`);
    await this.page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
  }

  async enter(name: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Name" }).fill(name);
    await this.page.getByRole("button", { name: "Join" }).click();
    await this.composer.waitFor();
    await this.says("Online");
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  /** Presses a button in the toolbar that a message shows under the pointer. */
  async act(text: string, button: string): Promise<void> {
    const message = this.page.getByRole("article").filter({ hasText: text }).first();
    await message.hover();
    await message.getByRole("button", { name: button, exact: true }).click();
  }

  /** Waits until the connection's state says this. */
  async says(state: string | RegExp): Promise<void> {
    await this.status.filter({ hasText: state }).waitFor();
  }

  /** The texts that match, in order. */
  async texts(pattern: RegExp): Promise<string[]> {
    return this.log.getByText(pattern).allInnerTexts();
  }
}
