/** What the sheet of shortcuts says, in English. */

export const enShortcuts = {
  title: "Keyboard shortcuts",
  places: {
    page: "Everywhere",
    reading: "While not writing",
    composer: "While writing",
    messages: "In the messages",
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
    editLast: "Edit the last message, in an empty field",
    leaveEditing: "Stop editing or replying",
    betweenMessages: "From message to message",
  },
  keys: { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Enter: "Enter", Shift: "Shift" } as Record<string, string>,
};
