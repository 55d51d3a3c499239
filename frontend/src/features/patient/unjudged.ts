import type { Overview } from '@/api/types';

/** Of a handful of readings neither a goal nor a time of day may be claimed: shares stay, verdicts and durations go. */
export function withoutVerdicts(overview: Overview): Overview {
  if (overview.sufficiency.level !== 'insufficient') return overview;
  const { ranges } = overview;
  return {
    ...overview,
    ranges: {
      ...ranges,
      segments: ranges.segments.map((segment) => ({ ...segment, minutesPerDay: null })),
      goals: ranges.goals.map((goal) => ({ ...goal, met: null })),
    },
  };
}
