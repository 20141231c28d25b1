/** The texts of the export dialog and of the exported text file, in Italian. */
import type { enExport } from "./en-export.ts";
import { pluralFor } from "./plural.ts";

const plural = pluralFor("it");

export const itExport: typeof enExport = {
  menu: "Esporta…",
  room: (room) => `Esporta ${room}`,
  person: (name) => `Esporta la conversazione con ${name}`,
  search: "Esporta i risultati",
  messages: (count, shown) => plural(count, { one: "1 messaggio", other: `${shown} messaggi` }),
  format: "Formato",
  formats: { text: "Testo semplice", jsonl: "Righe JSON (per programmi)" },
  extent: "Che cosa esportare",
  everything: "Tutto",
  since: "A partire da un giorno",
  day: "Primo giorno",
  onlyLoaded: {
    offline: (messages) =>
      `Connessione assente. Si può esportare solo quello che questa pagina ha caricato: ${messages}.`,
    forgetful: (messages) =>
      `Questo server non conserva i messaggi. Si può esportare solo quello che questa pagina ha caricato: ${messages}.`,
  },
  start: "Esporta",
  fetching: "Scarico i messaggi…",
  fetched: (messages) => `${messages}…`,
  failed: (reason, messages) => `Esportazione interrotta: ${reason}. Finora: ${messages}.`,
  goOn: "Continua",
  saveSome: "Salva questi",
  saved: (messages, file) => `Salvato come ${file}: ${messages}.`,
  full: (day) => `Il file è pieno e finisce il ${day}. Esporta il resto a partire da quel giorno.`,
  fullSearch: "Il file è pieno e mancano i risultati più vecchi. Restringi la ricerca per averli.",
  nothing: "Non c’è niente da esportare.",
  file: {
    room: (room, server) => `${room} su ${server}`,
    person: (name, server) => `Conversazione privata con ${name} su ${server}`,
    search: (query, server) => `Ricerca di «${query}» su ${server}`,
    exported: (day, time, zone) => `Esportato il ${day} alle ${time}. Fuso orario: ${zone}.`,
    notWhole: "Questo file potrebbe essere incompleto.",
    answers: (name, text) => (text === "" ? `risposta a ${name}` : `risposta a ${name}: ${text}`),
    answersOther: "risposta a un messaggio che non è in questo file",
    deleted: "eliminato",
  },
};
