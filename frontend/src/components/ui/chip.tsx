import type { ReactNode } from 'react';

export type ChipTone = 'good' | 'caution' | 'low' | 'veryLow' | 'high' | 'veryHigh' | 'neutral';

const TONES: Record<ChipTone, string> = {
  good: 'border-in-range text-in-range',
  caution: 'border-high text-high',
  low: 'border-low text-low',
  veryLow: 'border-very-low text-very-low font-semibold',
  high: 'border-high text-high',
  veryHigh: 'border-very-high text-very-high',
  neutral: 'border-control text-muted',
};

/** The words carry the meaning; the tone only repeats it. */
export function Chip({ tone, children }: { tone: ChipTone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex min-h-6 items-center rounded-xl border bg-bg px-2.5 py-0.5 text-xs leading-tight ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
