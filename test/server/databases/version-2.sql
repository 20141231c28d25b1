-- The rows of a database of version 2, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 2, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@anna,bruno', 2, ''),
  (4, '@bruno,carla', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action) VALUES
  (1, 1, 1, 'f3a625b1-3327-4c45-8cbf-a438ced4aebb', 'Anna', '01920000-0000-4000-8000-000000000010', '2026-11-25T20:35:30.919Z', 'ciao a tutti', 0),
  (2, 1, 2, 'ce814de1-f6ec-43e2-bb86-e74d57608176', 'bruno', '01920000-0000-4000-8000-000000000011', '2026-11-25T20:35:30.966Z', 'salve', 0),
  (3, 2, 1, '19a90fd1-7c9b-4b30-815a-3b3aa8bb0fd8', 'carla', '01920000-0000-4000-8000-000000000012', '2026-11-25T20:35:31.120Z', 'eccomi', 0),
  (4, 3, 1, 'b15c3f9e-1f79-47eb-97d4-241e7f172905', 'Anna', '01920000-0000-4000-8000-000000000013', '2026-11-25T20:35:31.173Z', 'solo per te', 0),
  (5, 3, 2, 'e96d5030-ea96-4c74-ae02-51876844a825', 'bruno', '01920000-0000-4000-8000-000000000014', '2026-11-25T20:35:31.238Z', 'ricevuto', 0),
  (6, 4, 1, '36e783dd-fd75-42c2-83c7-d61442e7990e', 'carla', '01920000-0000-4000-8000-000000000015', '2026-11-25T20:35:31.282Z', 'ci sei?', 0);
