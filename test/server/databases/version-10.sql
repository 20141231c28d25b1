-- The rows of a database of version 10, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 3, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@1d21e544-652a-4ad8-b09c-05ab3a7472b7,4b68dff6-573a-46fb-9654-d93ad1c62409', 3, ''),
  (4, '@4b68dff6-573a-46fb-9654-d93ad1c62409,6e670926-663a-4085-8787-233031127154', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action, reply, edited, deleted, reactions, person) VALUES
  (1, 1, 1, '6237dc87-220b-471d-b909-f5bc0c6144b4', 'Anna', '1d21e544-652a-4ad8-b09c-05ab3a7472b7,01920000-0000-4000-8000-000000000010', '2026-11-25T20:36:18.455Z', 'ciao a tutti', 0, NULL, 0, 0, '[{"emoji":"👍","from":[{"person":"4b68dff6-573a-46fb-9654-d93ad1c62409","name":"bruno"}]}]', '1d21e544-652a-4ad8-b09c-05ab3a7472b7'),
  (2, 1, 2, 'c860dd2f-2627-4b1a-8bce-d97a63533937', 'bruno', '4b68dff6-573a-46fb-9654-d93ad1c62409,01920000-0000-4000-8000-000000000011', '2026-11-25T20:36:18.509Z', 'salve', 0, NULL, 0, 0, '[]', '4b68dff6-573a-46fb-9654-d93ad1c62409'),
  (3, 2, 1, '06eb2acd-d628-4cc6-bbd9-fde8b1defa2f', 'carla', '6e670926-663a-4085-8787-233031127154,01920000-0000-4000-8000-000000000012', '2026-11-25T20:36:18.745Z', 'eccomi', 0, NULL, 0, 0, '[]', '6e670926-663a-4085-8787-233031127154'),
  (4, 3, 1, '7cf3f97d-b173-4bb6-8bca-efc84a6ca6b2', 'Anna', '1d21e544-652a-4ad8-b09c-05ab3a7472b7,01920000-0000-4000-8000-000000000013', '2026-11-25T20:36:18.834Z', 'solo per te, bruno', 0, NULL, 1, 0, '[]', '1d21e544-652a-4ad8-b09c-05ab3a7472b7'),
  (5, 3, 2, '6b45d5af-9d91-4642-81a8-627894ca92ac', 'bruno', '4b68dff6-573a-46fb-9654-d93ad1c62409,01920000-0000-4000-8000-000000000014', '2026-11-25T20:36:18.916Z', 'ricevuto', 0, NULL, 0, 0, '[]', '4b68dff6-573a-46fb-9654-d93ad1c62409'),
  (6, 4, 1, 'c149b558-610e-4b11-8606-4b71951b9ddd', 'carla', '6e670926-663a-4085-8787-233031127154,01920000-0000-4000-8000-000000000015', '2026-11-25T20:36:18.969Z', 'ci sei?', 0, NULL, 0, 0, '[]', '6e670926-663a-4085-8787-233031127154');
INSERT INTO changes (id, conversation, seq, type, msgid, sender, post_id, time, emoji, made) VALUES
  (1, 1, 3, 'react', '6237dc87-220b-471d-b909-f5bc0c6144b4', 'bruno', '4b68dff6-573a-46fb-9654-d93ad1c62409,01920000-0000-4000-8000-000000000016', '2026-11-25T20:36:19.264Z', '👍', 1),
  (2, 3, 3, 'edit', '7cf3f97d-b173-4bb6-8bca-efc84a6ca6b2', 'Anna', '1d21e544-652a-4ad8-b09c-05ab3a7472b7,01920000-0000-4000-8000-000000000017', '2026-11-25T20:36:19.284Z', NULL, NULL);
INSERT INTO upkeep (key, value) VALUES
  ('leftovers', '1');
INSERT INTO people (id, name, seen, took_part) VALUES
  ('1d21e544-652a-4ad8-b09c-05ab3a7472b7', 'Anna', '2026-11-25T20:36:21.127Z', 1),
  ('4b68dff6-573a-46fb-9654-d93ad1c62409', 'Nino', '2026-11-25T20:36:21.173Z', 1),
  ('6e670926-663a-4085-8787-233031127154', 'carla', '2026-11-25T20:36:21.174Z', 1);
INSERT INTO names (id, key, person, spelled, used) VALUES
  (4, 'anna', '1d21e544-652a-4ad8-b09c-05ab3a7472b7', 'Anna', 1),
  (6, 'carla', '6e670926-663a-4085-8787-233031127154', 'carla', 1),
  (7, 'bruno', '4b68dff6-573a-46fb-9654-d93ad1c62409', 'bruno', 1),
  (8, 'nino', '4b68dff6-573a-46fb-9654-d93ad1c62409', 'Nino', 0);
INSERT INTO readings (person, conversation, seq) VALUES
  ('1d21e544-652a-4ad8-b09c-05ab3a7472b7', 1, 2),
  ('1d21e544-652a-4ad8-b09c-05ab3a7472b7', 3, 2),
  ('4b68dff6-573a-46fb-9654-d93ad1c62409', 3, 1);
