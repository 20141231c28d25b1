/** Accounts in the database: what is kept of passwords, where people are logged in, and who is invited. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { KeptAccount, KeptInvitation, KeptSession } from "../chat/account-ports.ts";
import type { Note } from "../chat/ports.ts";

type AccountNote = Extract<Note, { type: "account" | "sessions" | "invitations" }>;

export class SqliteAccounts {
  readonly #setAccount: StatementSync;
  readonly #dropAccount: StatementSync;
  readonly #addSession: StatementSync;
  readonly #dropSessions: StatementSync;
  readonly #addInvitation: StatementSync;
  readonly #dropInvitations: StatementSync;
  readonly #accounts: StatementSync;
  readonly #sessions: StatementSync;
  readonly #invitations: StatementSync;
  readonly #secret: StatementSync;

  constructor(database: DatabaseSync) {
    // Nothing is stored for somebody who was forgotten meanwhile.
    this.#setAccount = database.prepare(
      `INSERT OR REPLACE INTO accounts (person, name, hash, scram, must_change)
       SELECT id, ?, ?, ?, ? FROM people WHERE id = ?`,
    );
    this.#dropAccount = database.prepare("DELETE FROM accounts WHERE person = ?");
    this.#addSession = database.prepare(
      `INSERT INTO sessions (id, person, hash, device, made, seen)
       SELECT ?, people.id, ?, ?, ?, ? FROM people WHERE people.id = ?`,
    );
    this.#dropSessions = database.prepare("DELETE FROM sessions WHERE person = ?");
    this.#addInvitation = database.prepare("INSERT INTO invitations (code, uses, until) VALUES (?, ?, ?)");
    this.#dropInvitations = database.prepare("DELETE FROM invitations");
    this.#accounts = database.prepare("SELECT person, name, hash, scram, must_change AS mustChange FROM accounts");
    this.#sessions = database.prepare("SELECT id, person, hash, device, made, seen FROM sessions ORDER BY seen, id");
    this.#invitations = database.prepare("SELECT code, uses, until FROM invitations");
    this.#secret = database.prepare("SELECT value FROM secret");
  }

  /** Stores a note, in the caller's transaction. */
  note(note: AccountNote): void {
    switch (note.type) {
      case "account": {
        const { person, account } = note;
        if (!account) this.#dropAccount.run(person);
        else this.#setAccount.run(account.name, account.hash, account.scram, Number(account.mustChange), person);
        return;
      }
      case "sessions":
        this.#dropSessions.run(note.person);
        for (const { id, hash, device, made, seen } of note.sessions)
          this.#addSession.run(id, hash, device, made, seen, note.person);
        return;
      case "invitations":
        this.#dropInvitations.run();
        for (const { code, uses, until } of note.invitations)
          this.#addInvitation.run(code, uses ?? null, until ?? null);
    }
  }

  /** By the id of their person. */
  all(): { accounts: ReadonlyMap<string, KeptAccount>; sessions: ReadonlyMap<string, readonly KeptSession[]> } {
    const accounts = this.#accounts.all().map(({ person, name, hash, scram, mustChange }) => {
      const account = { name: String(name), hash: String(hash), scram: String(scram), mustChange: mustChange === 1 };
      return [String(person), account] as const;
    });
    const sessions = Map.groupBy(this.#sessions.all(), ({ person }) => String(person));
    return {
      accounts: new Map(accounts),
      sessions: new Map([...sessions].map(([person, rows]) => [person, rows.map(toSession)])),
    };
  }

  invitations(): readonly KeptInvitation[] {
    return this.#invitations.all().map(({ code, uses, until }) => ({
      code: String(code),
      ...(uses === null ? {} : { uses: Number(uses) }),
      ...(until === null ? {} : { until: String(until) }),
    }));
  }

  secret(): string {
    return String(this.#secret.get()?.value);
  }
}

function toSession(row: ReturnType<StatementSync["all"]>[number]): KeptSession {
  const { id, hash, device, made, seen } = row;
  return { id: String(id), hash: String(hash), device: String(device), made: String(made), seen: String(seen) };
}
