-- The rows of a database of version 5, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 3, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@anna,bruno', 3, ''),
  (4, '@bruno,carla', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action, reply, edited, deleted, reactions) VALUES
  (1, 1, 1, '58973fb7-0b1d-461a-87ef-0fe8820bdaeb', 'Anna', '01920000-0000-4000-8000-000000000010', '2026-11-25T20:35:50.751Z', 'ciao a tutti', 0, NULL, 0, 0, '[{"emoji":"👍","from":["bruno"]}]'),
  (2, 1, 2, '0bf66c23-6fd3-4eeb-aeb1-471bc1b46458', 'bruno', '01920000-0000-4000-8000-000000000011', '2026-11-25T20:35:50.901Z', 'salve', 0, NULL, 0, 0, '[]'),
  (3, 2, 1, '541a0a94-2250-451b-b875-63497d07c4db', 'carla', '01920000-0000-4000-8000-000000000012', '2026-11-25T20:35:51.053Z', 'eccomi', 0, NULL, 0, 0, '[]'),
  (4, 3, 1, 'febe260b-abd2-4b71-ae42-8c7293ec3a13', 'Anna', '01920000-0000-4000-8000-000000000013', '2026-11-25T20:35:51.104Z', 'solo per te, bruno', 0, NULL, 1, 0, '[]'),
  (5, 3, 2, '7c626459-065b-470c-be23-3cd543b7e95f', 'bruno', '01920000-0000-4000-8000-000000000014', '2026-11-25T20:35:51.162Z', 'ricevuto', 0, NULL, 0, 0, '[]'),
  (6, 4, 1, '520b581a-e435-439b-8b91-e7e454e1ac41', 'carla', '01920000-0000-4000-8000-000000000015', '2026-11-25T20:35:51.212Z', 'ci sei?', 0, NULL, 0, 0, '[]');
INSERT INTO changes (id, conversation, seq, type, msgid, sender, post_id, time, emoji, made) VALUES
  (1, 1, 3, 'react', '58973fb7-0b1d-461a-87ef-0fe8820bdaeb', 'bruno', '01920000-0000-4000-8000-000000000016', '2026-11-25T20:35:51.520Z', '👍', 1),
  (2, 3, 3, 'edit', 'febe260b-abd2-4b71-ae42-8c7293ec3a13', 'Anna', '01920000-0000-4000-8000-000000000017', '2026-11-25T20:35:51.546Z', NULL, NULL);
INSERT INTO people (key, name, seen) VALUES
  ('anna', 'Anna', '2026-11-25T20:35:53.267Z'),
  ('bruno', 'bruno', '2026-11-25T20:35:53.268Z'),
  ('carla', 'carla', '2026-11-25T20:35:53.280Z');
INSERT INTO readings (person, conversation, seq) VALUES
  ('anna', 1, 2),
  ('anna', 3, 2),
  ('bruno', 3, 1);
