/**
 * The database's schema and its history. Each entry of `migrations` takes a database from the version that is its index
 * to the next; entries are only ever added, so that every database ever written opens in the current program.
 */
import type { DatabaseSync } from "node:sqlite";

export const migrations: readonly string[] = [
  `
  CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    -- A room's name, or the key of a private conversation.
    name TEXT NOT NULL UNIQUE,
    -- Kept apart from the messages, so that a number is never used twice even when old messages are removed.
    last_seq INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    msgid TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL,
    -- The sender's own id for the message, by which a resent one is recognised.
    post_id TEXT NOT NULL,
    -- ISO 8601, UTC.
    time TEXT NOT NULL,
    text TEXT NOT NULL,
    action INTEGER NOT NULL,
    UNIQUE (conversation, seq),
    UNIQUE (conversation, post_id)
  ) STRICT;
  `,
  `
  ALTER TABLE conversations ADD COLUMN topic TEXT NOT NULL DEFAULT '';
  `,
  `
  -- Only the index: the texts stay where they are.
  CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'messages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
  );
  INSERT INTO words (words) VALUES ('rebuild');
  CREATE TRIGGER message_added AFTER INSERT ON messages BEGIN
    INSERT INTO words (rowid, text) VALUES (new.id, new.text);
  END;
  CREATE TRIGGER message_removed AFTER DELETE ON messages BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
  END;
  `,
  `
  -- A message is kept as it is now. Of what it answers, the msgid; of its reactions, JSON as it is told.
  ALTER TABLE messages ADD COLUMN reply TEXT;
  ALTER TABLE messages ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE messages ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE messages ADD COLUMN reactions TEXT NOT NULL DEFAULT '[]';
  CREATE TRIGGER message_changed AFTER UPDATE OF text ON messages BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO words (rowid, text) VALUES (new.id, new.text);
  END;
  CREATE INDEX messages_by_time ON messages (conversation, time);

  -- What was done to messages. It takes its numbers from the same sequence as they do.
  CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('edit', 'delete', 'react')),
    -- The message's, which may have been removed since.
    msgid TEXT NOT NULL,
    sender TEXT NOT NULL,
    post_id TEXT NOT NULL,
    time TEXT NOT NULL,
    -- Of a reaction: what it was, and whether it was made or taken back.
    emoji TEXT,
    made INTEGER,
    UNIQUE (conversation, seq),
    UNIQUE (conversation, post_id)
  ) STRICT;

  -- Everyone who was here, by the key of their name.
  CREATE TABLE people (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- ISO 8601, UTC.
    seen TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO people SELECT name_key(sender), sender, max(time) FROM messages GROUP BY name_key(sender);

  -- How far they have read.
  CREATE TABLE readings (
    person TEXT NOT NULL REFERENCES people (key) ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    PRIMARY KEY (person, conversation)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- From here on we cut texts into words ourselves; message-index.ts fills the index. It keeps the tokens, so that they can
  -- be taken out again whatever a later program would make of the text. Its tokenizer parts them at the spaces only.
  DROP TRIGGER message_added;
  DROP TRIGGER IF EXISTS message_removed;
  DROP TRIGGER message_changed;
  DROP TABLE words;
  CREATE VIRTUAL TABLE words USING fts5 (tokens, tokenize = "ascii tokenchars '#*'", columnsize = 0);
  INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER message_removed AFTER DELETE ON messages BEGIN
    DELETE FROM words WHERE rowid = old.id;
  END;
  CREATE TRIGGER message_changed AFTER UPDATE OF text ON messages BEGIN
    UPDATE words SET tokens = search_tokens(new.text) WHERE rowid = new.id;
  END;
  `,
  `
  -- An id is its sender's own: in post_id it stands behind the key of their name and a comma, which no name holds.
  UPDATE messages SET post_id = name_key(sender) || ',' || post_id;
  UPDATE changes SET post_id = name_key(sender) || ',' || post_id;

  -- Whether somebody has said, received or read something: those who have not are forgotten first.
  ALTER TABLE people ADD COLUMN took_part INTEGER NOT NULL DEFAULT 0;
  UPDATE people SET took_part = 1 WHERE key IN (
    SELECT name_key(sender) FROM messages
    UNION SELECT person FROM readings
    UNION SELECT substr(name, 2, instr(name, ',') - 2) FROM conversations WHERE name LIKE '@%'
    UNION SELECT substr(name, instr(name, ',') + 1) FROM conversations WHERE name LIKE '@%'
  );
  CREATE INDEX people_by_part ON people (took_part, seen);
  `,
  `
  -- What the store remembers about itself.
  CREATE TABLE upkeep (
    key TEXT PRIMARY KEY CHECK (key IN ('believed', 'doubted', 'leftovers')),
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The log's name, a random UUID: numbers are comparable only within one log.
  CREATE TABLE log (id TEXT NOT NULL) STRICT;
  INSERT INTO log SELECT lower(
    hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
    || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))
  );
  `,
  `
  -- A person is not a name: from here on, what is somebody's hangs on an id. Everyone who ever said, received, read or
  -- reacted to something becomes a person of their own, by the key of the name that they did it under.
  CREATE TEMP TABLE senders AS
    SELECT sender AS name, name_key(sender) AS key, max(time) AS seen FROM
      (SELECT sender, time FROM messages UNION ALL SELECT sender, time FROM changes) GROUP BY sender;
  CREATE TEMP TABLE known (key TEXT PRIMARY KEY, id TEXT, name TEXT, seen TEXT, took_part INTEGER);
  INSERT OR IGNORE INTO known SELECT name_key(key), NULL, name, seen, took_part FROM people ORDER BY seen DESC;
  INSERT OR IGNORE INTO known SELECT key, NULL, name, max(seen), 1 FROM senders GROUP BY key;
  INSERT OR IGNORE INTO known
    SELECT name_key(names.value), NULL, names.value, max(time), 1 FROM messages, json_each(reactions) AS reaction,
      json_each(reaction.value, '$.from') AS names WHERE reactions <> '[]' GROUP BY name_key(names.value);
  INSERT OR IGNORE INTO known
    SELECT name_key(party), NULL, party, '2000-01-01T00:00:00.000Z', 1 FROM (
      SELECT substr(name, 2, instr(name, ',') - 2) AS party FROM conversations WHERE name LIKE '@%'
      UNION SELECT substr(name, instr(name, ',') + 1) FROM conversations WHERE name LIKE '@%');
  UPDATE known SET id = lower(
    hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' ||
    substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)));
  CREATE TEMP TABLE authors (name TEXT PRIMARY KEY, id TEXT);
  INSERT INTO authors SELECT senders.name, known.id FROM senders JOIN known USING (key);

  ALTER TABLE messages ADD COLUMN person TEXT NOT NULL DEFAULT '';
  UPDATE messages SET person = (SELECT id FROM authors WHERE name = sender);
  UPDATE messages SET post_id = person || substr(post_id, instr(post_id, ','));
  UPDATE changes SET
    post_id = (SELECT id FROM authors WHERE name = sender) || substr(post_id, instr(post_id, ','));
  UPDATE messages SET reactions = (
    SELECT json_group_array(json_object('emoji', reaction.value ->> 'emoji', 'from', json((
      SELECT json_group_array(json_object(
        'person', (SELECT id FROM known WHERE key = name_key(names.value)), 'name', names.value))
      FROM json_each(reaction.value, '$.from') AS names))))
    FROM json_each(messages.reactions) AS reaction) WHERE reactions <> '[]';
  CREATE TEMP TABLE parties AS
    SELECT conversations.id AS conversation, one.id AS one, other.id AS other FROM conversations
    JOIN known AS one ON one.key = name_key(substr(conversations.name, 2, instr(conversations.name, ',') - 2))
    JOIN known AS other ON other.key = name_key(substr(conversations.name, instr(conversations.name, ',') + 1))
    WHERE conversations.name LIKE '@%';
  UPDATE OR IGNORE conversations SET name = '@' || min(one, other) || ',' || max(one, other)
    FROM parties WHERE parties.conversation = conversations.id;
  CREATE INDEX conversations_of_one ON conversations (substr(name, 2, 36));
  CREATE INDEX conversations_of_other ON conversations (substr(name, 39));

  CREATE TEMP TABLE read AS SELECT known.id AS person, conversation, max(seq) FROM readings
    JOIN known ON key = name_key(person) GROUP BY known.id, conversation;
  DROP TABLE readings;
  DROP TABLE people;
  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    -- As they were called last.
    name TEXT NOT NULL,
    -- ISO 8601, UTC.
    seen TEXT NOT NULL,
    took_part INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO people SELECT id, name, seen, took_part FROM known;
  -- The names that lead to them.
  CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    spelled TEXT NOT NULL,
    -- Something was said, received or read under it.
    used INTEGER NOT NULL
  ) STRICT;
  INSERT INTO names (key, person, spelled, used) SELECT key, id, name, took_part FROM known;
  CREATE INDEX names_of_person ON names (person);
  CREATE TABLE readings (
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    PRIMARY KEY (person, conversation)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO readings SELECT * FROM read;
  DROP TABLE read;
  DROP TABLE parties;
  DROP TABLE known;
  DROP TABLE authors;
  DROP TABLE senders;
  `,
  `
  -- People who have proved to be themselves before: what is kept of their password.
  CREATE TABLE accounts (
    person TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    -- The name that they registered, which leads to them for as long as they have the account.
    name TEXT NOT NULL,
    -- An argon2id hash; empty for an account that nobody can enter.
    hash TEXT NOT NULL,
    scram TEXT NOT NULL,
    -- The password was given by the administrator.
    must_change INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Where they are logged in; of a token, only a hash.
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    device TEXT NOT NULL,
    -- ISO 8601, UTC.
    made TEXT NOT NULL,
    seen TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_of_person ON sessions (person);
  -- Whom the administrators let in: how often a code can still be used, and until when; NULL for without an end.
  CREATE TABLE invitations (
    code TEXT PRIMARY KEY,
    uses INTEGER,
    until TEXT
  ) STRICT, WITHOUT ROWID;
  -- What this log derives secrets from that must be the same after a restart.
  CREATE TABLE secret (value TEXT NOT NULL) STRICT;
  INSERT INTO secret VALUES (lower(hex(randomblob(32))));
  `,
  `
  -- What is kept about rights; the chat knows what it means. The scope is a room's name, a person's id, or empty.
  CREATE TABLE records (
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    -- JSON.
    value TEXT NOT NULL,
    PRIMARY KEY (kind, scope, id)
  ) STRICT, WITHOUT ROWID;

  -- Of a deletion: somebody else than the author did it.
  ALTER TABLE changes ADD COLUMN moderated INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- Whom the administrators let in. No version before this one ever filled the table; of a code, only a hash is kept.
  DROP TABLE invitations;
  CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    -- The id of whoever made it, empty for whoever runs the server; and their name at that time.
    maker TEXT NOT NULL,
    maker_name TEXT NOT NULL,
    -- How often it can still be used.
    uses INTEGER NOT NULL,
    -- ISO 8601, UTC.
    made TEXT NOT NULL,
    until TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

/** The database was written by a newer program, which may have changed something that we would not understand. */
export class NewerSchemaError extends Error {
  override readonly name = "NewerSchemaError";

  constructor(version: number) {
    super(`the database has version ${version}, this program knows versions up to ${migrations.length}`);
  }
}

/**
 * Brings a database, which must know `name_key` and `search_tokens`, to the current version, each step in a separate
 * transaction.
 * @throws {NewerSchemaError}
 */
export function migrate(database: DatabaseSync): void {
  const row = database.prepare("PRAGMA user_version").get();
  const version = Number(row?.user_version);
  if (version > migrations.length) throw new NewerSchemaError(version);
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
