-- The rows of a database of version 7, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 3, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@anna,bruno', 3, ''),
  (4, '@bruno,carla', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action, reply, edited, deleted, reactions) VALUES
  (1, 1, 1, '93900f3d-ef69-453f-a531-9db0556e69bf', 'Anna', 'anna,01920000-0000-4000-8000-000000000010', '2026-11-25T20:36:03.270Z', 'ciao a tutti', 0, NULL, 0, 0, '[{"emoji":"👍","from":["bruno"]}]'),
  (2, 1, 2, '29a8e110-a124-4cdd-aace-b9ab124c25da', 'bruno', 'bruno,01920000-0000-4000-8000-000000000011', '2026-11-25T20:36:03.368Z', 'salve', 0, NULL, 0, 0, '[]'),
  (3, 2, 1, '97a19d6e-fac0-4006-ab6b-6ed82ec9d53a', 'carla', 'carla,01920000-0000-4000-8000-000000000012', '2026-11-25T20:36:03.578Z', 'eccomi', 0, NULL, 0, 0, '[]'),
  (4, 3, 1, '634f96a0-85d3-4ffa-a8fd-c8b96fc8362f', 'Anna', 'anna,01920000-0000-4000-8000-000000000013', '2026-11-25T20:36:03.647Z', 'solo per te, bruno', 0, NULL, 1, 0, '[]'),
  (5, 3, 2, '24f9c7b7-5779-4c04-848f-d969279911ff', 'bruno', 'bruno,01920000-0000-4000-8000-000000000014', '2026-11-25T20:36:03.697Z', 'ricevuto', 0, NULL, 0, 0, '[]'),
  (6, 4, 1, 'bd692966-c0cb-4b8c-92a9-51b9717cfcb4', 'carla', 'carla,01920000-0000-4000-8000-000000000015', '2026-11-25T20:36:03.753Z', 'ci sei?', 0, NULL, 0, 0, '[]');
INSERT INTO changes (id, conversation, seq, type, msgid, sender, post_id, time, emoji, made) VALUES
  (1, 1, 3, 'react', '93900f3d-ef69-453f-a531-9db0556e69bf', 'bruno', 'bruno,01920000-0000-4000-8000-000000000016', '2026-11-25T20:36:03.972Z', '👍', 1),
  (2, 3, 3, 'edit', '634f96a0-85d3-4ffa-a8fd-c8b96fc8362f', 'Anna', 'anna,01920000-0000-4000-8000-000000000017', '2026-11-25T20:36:04.030Z', NULL, NULL);
INSERT INTO people (key, name, seen, took_part) VALUES
  ('anna', 'Anna', '2026-11-25T20:36:05.755Z', 1),
  ('bruno', 'bruno', '2026-11-25T20:36:05.756Z', 1),
  ('carla', 'carla', '2026-11-25T20:36:05.757Z', 1);
INSERT INTO readings (person, conversation, seq) VALUES
  ('anna', 1, 2),
  ('anna', 3, 2),
  ('bruno', 3, 1);
INSERT INTO upkeep (key, value) VALUES
  ('leftovers', '1');
