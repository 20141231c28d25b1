/** The texts of the list of shortcuts, in Italian. */
import type { enShortcuts } from "./en-shortcuts.ts";

export const itShortcuts: typeof enShortcuts = {
  title: "Scorciatoie da tastiera",
  places: {
    page: "Ovunque",
    reading: "Quando non scrivi",
    composer: "Nel campo del messaggio",
    messages: "Nell’elenco dei messaggi",
  },
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
    editLast: "Modifica il tuo ultimo messaggio (campo vuoto)",
    leaveEditing: "Annulla la modifica o la risposta",
    betweenMessages: "Spostati tra i messaggi",
  },
  keys: { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Enter: "Invio", Shift: "Maiusc" },
};
