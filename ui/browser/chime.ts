/** A short sound of two notes, made here so that nothing has to be loaded. */

/** Each note's frequency in Hz, and its start in seconds. */
const notes = [
  { hz: 659.25, at: 0 },
  { hz: 880, at: 0.11 },
] as const;

const noteSeconds = 0.35;

/** Where 1 is the loudest. */
const loudness = 0.12;

/** Milliseconds within which a browser starts if it allows sound. */
const beginMaxMs = 500;

/** Milliseconds until both notes are over. */
const overMs = 1_000;

let isSounding = false;

/**
 * Plays now or not at all: a page that nobody has touched since it was loaded must stay silent, also later.
 * @param mayBegin asked when the sound could start
 */
export async function playChime(mayBegin = async () => true): Promise<void> {
  if (isSounding) return;
  isSounding = true;
  try {
    const audio = new AudioContext();
    if ((await isRunning(audio)) && (await mayBegin())) {
      sound(audio);
      await passed(overMs);
    }
    await audio.close();
  } catch {
    // The browser has no sound or does not allow it.
  }
  isSounding = false;
}

async function isRunning(audio: AudioContext): Promise<boolean> {
  // This is not answered until somebody touches the page.
  if (audio.state !== "running") await Promise.race([audio.resume(), passed(beginMaxMs)]);
  return audio.state === "running";
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function sound(audio: AudioContext): void {
  const begin = audio.currentTime;
  for (const { hz, at } of notes) {
    const tone = new OscillatorNode(audio, { frequency: hz, type: "sine" });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, begin + at);
    gain.gain.linearRampToValueAtTime(loudness, begin + at + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + at + noteSeconds);
    tone.connect(gain).connect(audio.destination);
    tone.start(begin + at);
    tone.stop(begin + at + noteSeconds);
  }
}
