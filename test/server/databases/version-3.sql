-- The rows of a database of version 3, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq, topic) VALUES
  (1, 'lobby', 2, ''),
  (2, 'giardino', 1, 'le rose'),
  (3, '@anna,bruno', 2, ''),
  (4, '@bruno,carla', 1, '');
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action) VALUES
  (1, 1, 1, '2962b9f5-0c4c-472d-b21a-d45afeb80256', 'Anna', '01920000-0000-4000-8000-000000000010', '2026-11-25T20:35:37.419Z', 'ciao a tutti', 0),
  (2, 1, 2, '94a6a6c7-3a55-4ff8-b3c4-b993bccfae07', 'bruno', '01920000-0000-4000-8000-000000000011', '2026-11-25T20:35:37.474Z', 'salve', 0),
  (3, 2, 1, '7cfe6b9f-a03a-4dd5-9531-2176231c39c5', 'carla', '01920000-0000-4000-8000-000000000012', '2026-11-25T20:35:37.634Z', 'eccomi', 0),
  (4, 3, 1, '08a82d01-ad61-4242-9d41-1c3e3a5d1264', 'Anna', '01920000-0000-4000-8000-000000000013', '2026-11-25T20:35:37.699Z', 'solo per te', 0),
  (5, 3, 2, '880ddece-2217-496f-84df-29e9088d2f20', 'bruno', '01920000-0000-4000-8000-000000000014', '2026-11-25T20:35:37.750Z', 'ricevuto', 0),
  (6, 4, 1, '19617eda-b094-421f-8407-30f1f940c13c', 'carla', '01920000-0000-4000-8000-000000000015', '2026-11-25T20:35:37.805Z', 'ci sei?', 0);
