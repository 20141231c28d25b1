/** A short sound: two notes, made here, so that there is nothing to load. */

/** Each note by its frequency in Hz and when it begins, in seconds. */
const notes = [
  { hz: 659.25, at: 0 },
  { hz: 880, at: 0.11 },
] as const;

const noteSeconds = 0.35;

/** Of the loudest there can be. */
const loudness = 0.12;

let audio: AudioContext | undefined;

export function playChime(): void {
  audio ??= new AudioContext();
  const { destination } = audio;
  // A page that nobody has touched since it was loaded must stay silent.
  if (audio.state === "suspended") void audio.resume();
  const begin = audio.currentTime;
  for (const { hz, at } of notes) {
    const tone = new OscillatorNode(audio, { frequency: hz, type: "sine" });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, begin + at);
    gain.gain.linearRampToValueAtTime(loudness, begin + at + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + at + noteSeconds);
    tone.connect(gain).connect(destination);
    tone.start(begin + at);
    tone.stop(begin + at + noteSeconds);
  }
}
