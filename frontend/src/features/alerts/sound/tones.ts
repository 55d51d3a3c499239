import type { AlertSeverity } from '@/api/types';

interface Tone {
  readonly hertz: number;
  /** Seconds after the sound begins. */
  readonly at: number;
  readonly seconds: number;
}

/** Told apart with eyes closed: three quick rises, twice, or two slow falling notes. */
export const TONES: Readonly<
  Record<Exclude<AlertSeverity, 'info'>, { readonly gain: number; tones: readonly Tone[] }>
> = {
  urgent: {
    gain: 0.6,
    tones: [0, 0.9].flatMap((start) =>
      [784, 988, 1319].map((hertz, index) => ({ hertz, at: start + index * 0.2, seconds: 0.18 })),
    ),
  },
  warning: {
    gain: 0.35,
    tones: [
      { hertz: 740, at: 0, seconds: 0.35 },
      { hertz: 587, at: 0.45, seconds: 0.45 },
    ],
  },
};

/** Long enough not to click. */
const FADE_SECONDS = 0.015;

/** Plays so many seconds from now; the context must be running. */
export function playTones(context: AudioContext, severity: keyof typeof TONES, inSeconds: number): void {
  const { gain, tones } = TONES[severity];
  const now = context.currentTime + 0.02 + inSeconds;
  for (const { hertz, at, seconds } of tones) {
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    oscillator.type = 'triangle';
    oscillator.frequency.value = hertz;
    volume.gain.setValueAtTime(0, now + at);
    volume.gain.linearRampToValueAtTime(gain, now + at + FADE_SECONDS);
    volume.gain.setValueAtTime(gain, now + at + seconds - FADE_SECONDS);
    volume.gain.linearRampToValueAtTime(0, now + at + seconds);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(now + at);
    oscillator.stop(now + at + seconds);
  }
}
