/** Accounts in the database: what is kept of passwords, where people are logged in, and who is invited. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { KeptAccount, KeptInvitation, KeptSession } from "../chat/account-ports.ts";
import type { Note } from "../chat/ports.ts";

type AccountNote = Extract<Note, { type: "account" | "sessions" | "invitation" }>;

export class SqliteAccounts {
  readonly #setAccount: StatementSync;
  readonly #dropAccount: StatementSync;
  readonly #addSession: StatementSync;
  readonly #dropSessions: StatementSync;
  readonly #setInvitation: StatementSync;
  readonly #dropInvitation: StatementSync;
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
    this.#setInvitation = database.prepare(
      "INSERT OR REPLACE INTO invitations (id, hash, maker, maker_name, uses, made, until) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    this.#dropInvitation = database.prepare("DELETE FROM invitations WHERE id = ?");
    this.#accounts = database.prepare("SELECT person, name, hash, scram, must_change AS mustChange FROM accounts");
    this.#sessions = database.prepare("SELECT id, person, hash, device, made, seen FROM sessions ORDER BY seen, id");
    this.#invitations = database.prepare(
      "SELECT id, hash, maker, maker_name AS by, uses, made, until FROM invitations ORDER BY made, id",
    );
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
      case "invitation": {
        const { id, invitation } = note;
        if (!invitation) this.#dropInvitation.run(id);
        else {
          const { hash, maker, by, uses, made, until } = invitation;
          this.#setInvitation.run(id, hash, maker, by, uses, made, until);
        }
      }
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
    return this.#invitations.all().map(({ id, hash, maker, by, uses, made, until }) => ({
      ...{ id: String(id), hash: String(hash), maker: String(maker), by: String(by) },
      ...{ uses: Number(uses), made: String(made), until: String(until) },
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
