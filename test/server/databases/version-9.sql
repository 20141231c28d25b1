-- The rows of a database of version 9, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 3, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@39989a3f-d2c8-411e-9edd-6b2bfd95c33b,d165291b-ccda-44d7-bc8b-fd68c1689086', 3, ''),
  (4, '@39989a3f-d2c8-411e-9edd-6b2bfd95c33b,c1c28f97-9406-4f19-9614-8e1d7c0ba70b', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action, reply, edited, deleted, reactions, person) VALUES
  (1, 1, 1, 'ebe3e794-a743-417e-99db-ac7619467318', 'Anna', 'd165291b-ccda-44d7-bc8b-fd68c1689086,01920000-0000-4000-8000-000000000010', '2026-11-25T20:36:10.495Z', 'ciao a tutti', 0, NULL, 0, 0, '[{"emoji":"👍","from":[{"person":"39989a3f-d2c8-411e-9edd-6b2bfd95c33b","name":"bruno"}]}]', 'd165291b-ccda-44d7-bc8b-fd68c1689086'),
  (2, 1, 2, '3d7b7a18-1381-4f88-86e5-310be98ac12a', 'bruno', '39989a3f-d2c8-411e-9edd-6b2bfd95c33b,01920000-0000-4000-8000-000000000011', '2026-11-25T20:36:10.544Z', 'salve', 0, NULL, 0, 0, '[]', '39989a3f-d2c8-411e-9edd-6b2bfd95c33b'),
  (3, 2, 1, '468f10fe-ae64-44d3-bdb7-2dcf2d96dda2', 'carla', 'c1c28f97-9406-4f19-9614-8e1d7c0ba70b,01920000-0000-4000-8000-000000000012', '2026-11-25T20:36:10.700Z', 'eccomi', 0, NULL, 0, 0, '[]', 'c1c28f97-9406-4f19-9614-8e1d7c0ba70b'),
  (4, 3, 1, 'd84aaad4-eba6-4af9-bf5a-5b70e7f4597e', 'Anna', 'd165291b-ccda-44d7-bc8b-fd68c1689086,01920000-0000-4000-8000-000000000013', '2026-11-25T20:36:10.754Z', 'solo per te, bruno', 0, NULL, 1, 0, '[]', 'd165291b-ccda-44d7-bc8b-fd68c1689086'),
  (5, 3, 2, '1cb96a3d-64c9-46d2-a52e-ab6540fe92af', 'bruno', '39989a3f-d2c8-411e-9edd-6b2bfd95c33b,01920000-0000-4000-8000-000000000014', '2026-11-25T20:36:10.812Z', 'ricevuto', 0, NULL, 0, 0, '[]', '39989a3f-d2c8-411e-9edd-6b2bfd95c33b'),
  (6, 4, 1, 'af965af4-5487-490c-88f3-652c70290072', 'carla', 'c1c28f97-9406-4f19-9614-8e1d7c0ba70b,01920000-0000-4000-8000-000000000015', '2026-11-25T20:36:10.862Z', 'ci sei?', 0, NULL, 0, 0, '[]', 'c1c28f97-9406-4f19-9614-8e1d7c0ba70b');
INSERT INTO changes (id, conversation, seq, type, msgid, sender, post_id, time, emoji, made) VALUES
  (1, 1, 3, 'react', 'ebe3e794-a743-417e-99db-ac7619467318', 'bruno', '39989a3f-d2c8-411e-9edd-6b2bfd95c33b,01920000-0000-4000-8000-000000000016', '2026-11-25T20:36:10.982Z', '👍', 1),
  (2, 3, 3, 'edit', 'd84aaad4-eba6-4af9-bf5a-5b70e7f4597e', 'Anna', 'd165291b-ccda-44d7-bc8b-fd68c1689086,01920000-0000-4000-8000-000000000017', '2026-11-25T20:36:11.041Z', NULL, NULL);
INSERT INTO upkeep (key, value) VALUES
  ('leftovers', '1');
INSERT INTO people (id, name, seen, took_part) VALUES
  ('39989a3f-d2c8-411e-9edd-6b2bfd95c33b', 'Nino', '2026-11-25T20:36:13.069Z', 1),
  ('c1c28f97-9406-4f19-9614-8e1d7c0ba70b', 'carla', '2026-11-25T20:36:13.070Z', 1),
  ('d165291b-ccda-44d7-bc8b-fd68c1689086', 'Anna', '2026-11-25T20:36:13.053Z', 1);
INSERT INTO names (id, key, person, spelled, used) VALUES
  (4, 'anna', 'd165291b-ccda-44d7-bc8b-fd68c1689086', 'Anna', 1),
  (6, 'carla', 'c1c28f97-9406-4f19-9614-8e1d7c0ba70b', 'carla', 1),
  (7, 'bruno', '39989a3f-d2c8-411e-9edd-6b2bfd95c33b', 'bruno', 1),
  (8, 'nino', '39989a3f-d2c8-411e-9edd-6b2bfd95c33b', 'Nino', 0);
INSERT INTO readings (person, conversation, seq) VALUES
  ('39989a3f-d2c8-411e-9edd-6b2bfd95c33b', 3, 1),
  ('d165291b-ccda-44d7-bc8b-fd68c1689086', 1, 2),
  ('d165291b-ccda-44d7-bc8b-fd68c1689086', 3, 2);
