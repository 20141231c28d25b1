/** What the page says about an export, and what a file that people read says itself, in Italian. */
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
  formats: { text: "Testo da leggere", jsonl: "Righe JSON per programmi" },
  extent: "Quanto",
  everything: "Tutto",
  since: "Da un giorno",
  day: "Primo giorno",
  onlyLoaded: {
    offline: (messages) =>
      `Connessione assente. Si può esportare solo quello che questa pagina ha caricato: ${messages}.`,
    forgetful: (messages) =>
      `Questo server non ricorda niente. Si può esportare solo quello che questa pagina ha caricato: ${messages}.`,
  },
  start: "Esporta",
  fetching: "Scarico i messaggi…",
  fetched: (messages) => `${messages}…`,
  failed: (reason, messages) => `Interrotto: ${reason}. Finora: ${messages}.`,
  goOn: "Continua",
  saveSome: "Salva questi",
  saved: (messages, file) => `Salvato come ${file}: ${messages}.`,
  full: (day) => `Di più in un'esportazione non ci sta. Questa finisce il ${day}: esporta il resto da quel giorno.`,
  fullSearch: "Di più in un'esportazione non ci sta. Mancano i risultati più vecchi: restringi la ricerca per averli.",
  nothing: "Non c'è niente da esportare.",
  file: {
    room: (room, server) => `${room} su ${server}`,
    person: (name, server) => `Conversazione privata con ${name} su ${server}`,
    search: (query, server) => `Ricerca di «${query}» su ${server}`,
    exported: (day, time, zone) => `Esportato il ${day} alle ${time}. Tutti gli orari sono quelli di ${zone}.`,
    notWhole: "Può esserci altro che in questo file non è.",
    answers: (name, text) => (text === "" ? `risponde a ${name}` : `risponde a ${name}: ${text}`),
    answersOther: "risponde a un messaggio che non è in questo file",
    deleted: "eliminato",
  },
};
