/** The texts of the list of shortcuts, in English. */

export const enShortcuts = {
  title: "Keyboard shortcuts",
  places: {
    page: "Everywhere",
    reading: "When you are not typing",
    composer: "In the message field",
    messages: "In the list of messages",
  },
  what: {
    switch: "Go to a room or a person",
    previousRoom: "Previous room",
    nextRoom: "Next room",
    previousUnread: "Previous room with unread messages",
    nextUnread: "Next room with unread messages",
    search: "Search",
    settings: "Settings",
    sheet: "This list",
    send: "Send",
    newLine: "New line",
    editLast: "Edit your last message (field empty)",
    leaveEditing: "Cancel editing or reply",
    betweenMessages: "Move between messages",
  },
  keys: { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Enter: "Enter", Shift: "Shift" } as Record<string, string>,
};
