/** What is kept of accounts, and the interface to whatever makes and checks the keys of passwords. */

/** What is kept of an account's password. */
export interface AccountKeys {
  /** An argon2id hash in the PHC format; empty for an account that nobody can enter. */
  hash: string;
  /** The keys of SCRAM-SHA-256, in the form of RFC 5803. */
  scram: string;
}

/** Makes and checks the keys of passwords, which takes a while. Both resolve to undefined when too many are waiting. */
export interface Passwords {
  make(password: string, source: string): Promise<AccountKeys | undefined>;
  /**
   * Takes as long without keys as with them. @returns whether it is the password, and new keys for it if the present
   * ones are no longer made like that
   */
  check(
    password: string,
    keys: AccountKeys | undefined,
    source: string,
  ): Promise<{ ok: boolean; renewed?: AccountKeys } | undefined>;
}

/** What is kept of a password, and the name that always leads to its person. */
export interface KeptAccount extends AccountKeys {
  name: string;
  /** The password was given by the administrator, and is good only for choosing another. */
  mustChange: boolean;
}

/** A login on one device. */
export interface KeptSession {
  /** A UUID. */
  id: string;
  /** Of the token's secret. */
  hash: string;
  /** How people recognise it. */
  device: string;
  /** ISO 8601. */
  made: string;
  seen: string;
}

/** Lets people into a chat of invited people. */
export interface KeptInvitation {
  id: string;
  /** Of its code. */
  hash: string;
  /** The id of the person who made it; empty for whoever runs the server. */
  maker: string;
  /** Their name at that time. */
  by: string;
  /** How often it can still be used. */
  uses: number;
  /** ISO 8601. */
  made: string;
  until: string;
}
