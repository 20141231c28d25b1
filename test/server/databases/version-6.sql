-- The rows of a database of version 6, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 3, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@anna,bruno', 3, ''),
  (4, '@bruno,carla', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action, reply, edited, deleted, reactions) VALUES
  (1, 1, 1, '5f912215-dbc4-409e-a23c-7b5fb1a92a31', 'Anna', 'anna,01920000-0000-4000-8000-000000000010', '2026-11-25T20:35:57.288Z', 'ciao a tutti', 0, NULL, 0, 0, '[{"emoji":"👍","from":["bruno"]}]'),
  (2, 1, 2, 'a2677f98-c67a-4d6f-9647-a5bd79aa6b24', 'bruno', 'bruno,01920000-0000-4000-8000-000000000011', '2026-11-25T20:35:57.364Z', 'salve', 0, NULL, 0, 0, '[]'),
  (3, 2, 1, '31b1af17-8156-4db9-a788-a954565bbe32', 'carla', 'carla,01920000-0000-4000-8000-000000000012', '2026-11-25T20:35:57.524Z', 'eccomi', 0, NULL, 0, 0, '[]'),
  (4, 3, 1, '8e143265-8e67-4cd4-8aa5-4adb0a47dbe3', 'Anna', 'anna,01920000-0000-4000-8000-000000000013', '2026-11-25T20:35:57.586Z', 'solo per te, bruno', 0, NULL, 1, 0, '[]'),
  (5, 3, 2, '490ede5d-e5b8-45ec-892e-fbb909f84ef9', 'bruno', 'bruno,01920000-0000-4000-8000-000000000014', '2026-11-25T20:35:57.636Z', 'ricevuto', 0, NULL, 0, 0, '[]'),
  (6, 4, 1, '4536de82-dbaf-40e7-940f-f82383769d7a', 'carla', 'carla,01920000-0000-4000-8000-000000000015', '2026-11-25T20:35:57.687Z', 'ci sei?', 0, NULL, 0, 0, '[]');
INSERT INTO changes (id, conversation, seq, type, msgid, sender, post_id, time, emoji, made) VALUES
  (1, 1, 3, 'react', '5f912215-dbc4-409e-a23c-7b5fb1a92a31', 'bruno', 'bruno,01920000-0000-4000-8000-000000000016', '2026-11-25T20:35:57.889Z', '👍', 1),
  (2, 3, 3, 'edit', '8e143265-8e67-4cd4-8aa5-4adb0a47dbe3', 'Anna', 'anna,01920000-0000-4000-8000-000000000017', '2026-11-25T20:35:57.909Z', NULL, NULL);
INSERT INTO people (key, name, seen, took_part) VALUES
  ('anna', 'Anna', '2026-11-25T20:35:59.651Z', 1),
  ('bruno', 'bruno', '2026-11-25T20:35:59.652Z', 1),
  ('carla', 'carla', '2026-11-25T20:35:59.653Z', 1);
INSERT INTO readings (person, conversation, seq) VALUES
  ('anna', 1, 2),
  ('anna', 3, 2),
  ('bruno', 3, 1);
