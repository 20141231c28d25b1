-- The rows of a database of version 4, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 3, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@anna,bruno', 3, ''),
  (4, '@bruno,carla', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action, reply, edited, deleted, reactions) VALUES
  (1, 1, 1, '1dcc42ec-d9b7-49f7-bfeb-293f622131d5', 'Anna', '01920000-0000-4000-8000-000000000010', '2026-11-25T20:35:44.064Z', 'ciao a tutti', 0, NULL, 0, 0, '[{"emoji":"👍","from":["bruno"]}]'),
  (2, 1, 2, '012d84c4-b53e-4765-a273-cc15f6c1fbee', 'bruno', '01920000-0000-4000-8000-000000000011', '2026-11-25T20:35:44.112Z', 'salve', 0, NULL, 0, 0, '[]'),
  (3, 2, 1, '0a35d929-0585-4b43-8b3d-a76a2fe4e12e', 'carla', '01920000-0000-4000-8000-000000000012', '2026-11-25T20:35:44.266Z', 'eccomi', 0, NULL, 0, 0, '[]'),
  (4, 3, 1, 'b2364b35-d2f7-4016-8fe5-c5d10602e561', 'Anna', '01920000-0000-4000-8000-000000000013', '2026-11-25T20:35:44.349Z', 'solo per te, bruno', 0, NULL, 1, 0, '[]'),
  (5, 3, 2, 'c7446035-f361-4129-9f4c-1cc13647b530', 'bruno', '01920000-0000-4000-8000-000000000014', '2026-11-25T20:35:44.377Z', 'ricevuto', 0, NULL, 0, 0, '[]'),
  (6, 4, 1, '2c0f8e08-f266-4bbf-ae16-274fd41ae0b5', 'carla', '01920000-0000-4000-8000-000000000015', '2026-11-25T20:35:44.440Z', 'ci sei?', 0, NULL, 0, 0, '[]');
INSERT INTO changes (id, conversation, seq, type, msgid, sender, post_id, time, emoji, made) VALUES
  (1, 1, 3, 'react', '1dcc42ec-d9b7-49f7-bfeb-293f622131d5', 'bruno', '01920000-0000-4000-8000-000000000016', '2026-11-25T20:35:44.745Z', '👍', 1),
  (2, 3, 3, 'edit', 'b2364b35-d2f7-4016-8fe5-c5d10602e561', 'Anna', '01920000-0000-4000-8000-000000000017', '2026-11-25T20:35:44.805Z', NULL, NULL);
INSERT INTO people (key, name, seen) VALUES
  ('anna', 'Anna', '2026-11-25T20:35:46.545Z'),
  ('bruno', 'bruno', '2026-11-25T20:35:46.558Z'),
  ('carla', 'carla', '2026-11-25T20:35:46.574Z');
INSERT INTO readings (person, conversation, seq) VALUES
  ('anna', 1, 2),
  ('anna', 3, 2),
  ('bruno', 3, 1);
