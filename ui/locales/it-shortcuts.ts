/** What the sheet of shortcuts says, in Italian. */
import type { enShortcuts } from "./en-shortcuts.ts";

export const itShortcuts: typeof enShortcuts = {
  title: "Scorciatoie da tastiera",
  places: { page: "Ovunque", reading: "Mentre non scrivi", composer: "Mentre scrivi", messages: "Tra i messaggi" },
  what: {
    switch: "Vai a una stanza o a una persona",
    previousRoom: "Stanza precedente",
    nextRoom: "Stanza successiva",
    previousUnread: "Stanza precedente con messaggi non letti",
    nextUnread: "Stanza successiva con messaggi non letti",
    search: "Cerca",
    settings: "Impostazioni",
    sheet: "Questo elenco",
    send: "Invia",
    newLine: "Nuova riga",
    editLast: "Modifica l'ultimo messaggio, a campo vuoto",
    leaveEditing: "Smetti di modificare o rispondere",
    betweenMessages: "Da un messaggio all'altro",
  },
  keys: { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Enter: "Invio", Shift: "Maiusc" },
};
