-- The rows of a database of version 1, as a server of that time left them.
INSERT INTO conversations (id, name, last_seq) VALUES
  (1, 'lobby', 2),
  (2, '@anna,bruno', 2),
  (3, '@bruno,carla', 1);
INSERT INTO messages (id, conversation, seq, msgid, sender, post_id, time, text, action) VALUES
  (1, 1, 1, '3f888bf2-de4e-4177-8aa3-702e9015e46b', 'Anna', '01920000-0000-4000-8000-000000000010', '2026-11-25T20:35:25.080Z', 'ciao a tutti', 0),
  (2, 1, 2, 'd31cd148-a3de-42ed-9d03-956e3bf87016', 'bruno', '01920000-0000-4000-8000-000000000011', '2026-11-25T20:35:25.129Z', 'salve', 0),
  (3, 2, 1, '4e448bbc-e835-49b1-b1d0-0d90bf7c4a77', 'Anna', '01920000-0000-4000-8000-000000000012', '2026-11-25T20:35:25.190Z', 'solo per te', 0),
  (4, 2, 2, '8d55f03f-d751-424c-862a-28ab1f8890a7', 'bruno', '01920000-0000-4000-8000-000000000013', '2026-11-25T20:35:25.241Z', 'ricevuto', 0),
  (5, 3, 1, '246deb57-efb9-4b16-abd0-0325fed26ca2', 'carla', '01920000-0000-4000-8000-000000000014', '2026-11-25T20:35:25.312Z', 'ci sei?', 0);
