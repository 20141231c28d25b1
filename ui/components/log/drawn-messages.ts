/** Finds and focuses the messages that a list has drawn, which are in the shadow roots of its groups. */
import type { MessageGroup } from "./message-group.ts";

export class DrawnMessages {
  readonly #root: () => ParentNode;

  /** @param root the root that the list is drawn into */
  constructor(root: () => ParentNode) {
    this.#root = root;
  }

  /** The key of the message that has the focus. */
  get focusedKey(): string | undefined {
    return this.groups.find((group) => group.focusedKey !== undefined)?.focusedKey;
  }

  groupOf(key: string): MessageGroup | undefined {
    return this.groups.find(({ messages }) => messages.some((message) => message.key === key));
  }

  /** The message, or any other item of the list, with that key. */
  itemOf(key: string): HTMLElement | undefined {
    const items = [...this.#root().querySelectorAll<HTMLElement>("[data-key]")];
    return this.groupOf(key)?.elementOf(key) ?? items.find(({ dataset }) => dataset.key === key);
  }

  async focus(key: string): Promise<void> {
    await this.groupOf(key)?.focusMessage(key);
  }

  /** Resolves when the groups have drawn their messages. */
  async ready(): Promise<void> {
    await Promise.all(this.groups.map((group) => group.updateComplete));
  }

  get groups(): MessageGroup[] {
    return [...this.#root().querySelectorAll<MessageGroup>("message-group")];
  }
}
