-- The rows of a database of version 11, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 3, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@6be2578a-0dc0-4560-9a57-29f21fff684f,d253a1c3-0455-465f-a0d7-d5b820d47dd8', 3, ''),
  (4, '@0de759a0-d1a5-4afa-bad4-d66bc8555abd,d253a1c3-0455-465f-a0d7-d5b820d47dd8', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action, reply, edited, deleted, reactions, person) VALUES
  (1, 1, 1, '676697d4-4a28-427e-98e6-da77ff9f6552', 'Anna', '6be2578a-0dc0-4560-9a57-29f21fff684f,01920000-0000-4000-8000-000000000010', '2026-11-25T21:26:50.214Z', 'ciao a tutti', 0, NULL, 0, 0, '[{"emoji":"👍","from":[{"person":"d253a1c3-0455-465f-a0d7-d5b820d47dd8","name":"bruno"}]}]', '6be2578a-0dc0-4560-9a57-29f21fff684f'),
  (2, 1, 2, 'e3dd3017-750b-4956-b458-5cfb9a11fc90', 'bruno', 'd253a1c3-0455-465f-a0d7-d5b820d47dd8,01920000-0000-4000-8000-000000000011', '2026-11-25T21:26:50.226Z', 'salve', 0, NULL, 0, 0, '[]', 'd253a1c3-0455-465f-a0d7-d5b820d47dd8'),
  (3, 2, 1, '509bc022-daab-4498-92ec-021952a4ceea', 'carla', '0de759a0-d1a5-4afa-bad4-d66bc8555abd,01920000-0000-4000-8000-000000000012', '2026-11-25T21:26:50.245Z', 'eccomi', 0, NULL, 0, 0, '[]', '0de759a0-d1a5-4afa-bad4-d66bc8555abd'),
  (4, 3, 1, '372ad340-2076-40fd-b705-74d6463c9ba4', 'Anna', '6be2578a-0dc0-4560-9a57-29f21fff684f,01920000-0000-4000-8000-000000000013', '2026-11-25T21:26:50.251Z', 'solo per te, bruno', 0, NULL, 1, 0, '[]', '6be2578a-0dc0-4560-9a57-29f21fff684f'),
  (5, 3, 2, '78e02124-6e40-4bb1-b91b-03abe7d1713d', 'bruno', 'd253a1c3-0455-465f-a0d7-d5b820d47dd8,01920000-0000-4000-8000-000000000014', '2026-11-25T21:26:50.254Z', 'ricevuto', 0, NULL, 0, 0, '[]', 'd253a1c3-0455-465f-a0d7-d5b820d47dd8'),
  (6, 4, 1, '29970b39-5fef-4137-aa6f-b6ba0fa2418d', 'carla', '0de759a0-d1a5-4afa-bad4-d66bc8555abd,01920000-0000-4000-8000-000000000015', '2026-11-25T21:26:50.265Z', 'ci sei?', 0, NULL, 0, 0, '[]', '0de759a0-d1a5-4afa-bad4-d66bc8555abd');
INSERT INTO changes (id, conversation, seq, type, msgid, sender, post_id, time, emoji, made, moderated) VALUES
  (1, 1, 3, 'react', '676697d4-4a28-427e-98e6-da77ff9f6552', 'bruno', 'd253a1c3-0455-465f-a0d7-d5b820d47dd8,01920000-0000-4000-8000-000000000016', '2026-11-25T21:26:50.347Z', '👍', 1, 0),
  (2, 3, 3, 'edit', '372ad340-2076-40fd-b705-74d6463c9ba4', 'Anna', '6be2578a-0dc0-4560-9a57-29f21fff684f,01920000-0000-4000-8000-000000000017', '2026-11-25T21:26:50.362Z', NULL, NULL, 0);
INSERT INTO upkeep (key, value) VALUES
  ('leftovers', '1');
INSERT INTO people (id, name, seen, took_part) VALUES
  ('0de759a0-d1a5-4afa-bad4-d66bc8555abd', 'carla', '2026-11-25T21:26:50.505Z', 1),
  ('6be2578a-0dc0-4560-9a57-29f21fff684f', 'Anna', '2026-11-25T21:26:50.470Z', 1),
  ('d253a1c3-0455-465f-a0d7-d5b820d47dd8', 'Nino', '2026-11-25T21:26:50.490Z', 1);
INSERT INTO names (id, key, person, spelled, used) VALUES
  (4, 'anna', '6be2578a-0dc0-4560-9a57-29f21fff684f', 'Anna', 1),
  (6, 'carla', '0de759a0-d1a5-4afa-bad4-d66bc8555abd', 'carla', 1),
  (7, 'bruno', 'd253a1c3-0455-465f-a0d7-d5b820d47dd8', 'bruno', 1),
  (8, 'nino', 'd253a1c3-0455-465f-a0d7-d5b820d47dd8', 'Nino', 0);
INSERT INTO readings (person, conversation, seq) VALUES
  ('6be2578a-0dc0-4560-9a57-29f21fff684f', 1, 2),
  ('6be2578a-0dc0-4560-9a57-29f21fff684f', 3, 2),
  ('d253a1c3-0455-465f-a0d7-d5b820d47dd8', 3, 1);
