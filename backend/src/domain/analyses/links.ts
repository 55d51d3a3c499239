import { DAILY_VARIABLES, dailyGrid, type DailyVariable } from '../causality/daily-grid.js';
import { HOURLY_VARIABLES, hourlyGrid } from '../causality/hourly-grid.js';
import type { Observations } from '../causality/observations.js';
import { type CausalLinks, pcmci } from '../causality/pcmci.js';
import type { PersonHistory } from '../causality/person-history.js';
import type { AnalysisWindow } from './coverage.js';
import { localDaysOf } from './local-days.js';

export interface LinkOptions {
  readonly grid: 'daily' | 'hourly';
  /** Longest lag, in steps of the grid. */
  readonly maxLag: number;
  /** Share of false ones expected among the links. */
  readonly falseDiscoveryRate: number;
}

/** Time in range and below range are the same readings counted otherwise: beside the mean they would explain it away. */
const DAILY: readonly DailyVariable[] = ['meanGlucose', 'carbs', 'insulin', 'exercise', 'sleep'];

/** Which of a person's variables precedes which (PCMCI), given everything else that does. */
export function links(history: PersonHistory, window: AnalysisWindow, options: LinkOptions) {
  const { grid, maxLag, falseDiscoveryRate } = options;
  const data = grid === 'daily' ? daily(history, window) : hourly(history, window);
  const units: Readonly<Record<string, string>> = grid === 'daily' ? DAILY_VARIABLES : HOURLY_VARIABLES;
  const found = pcmci(data, {
    minLag: 1,
    maxLag,
    pcAlpha: null,
    alphaLevel: falseDiscoveryRate,
    fdr: 'benjamini-hochberg',
  });
  if (found.status !== 'done') return found;
  return {
    status: 'done' as const,
    variables: data.names.map((name) => ({ name, unit: units[name] ?? '' })),
    links: listed(found, data.names),
    unusable: found.unusable,
  };
}

/** Links that are left, by target and then by strength. What a variable keeps of itself is memory and no cause. */
function listed({ value, p, graph }: CausalLinks, names: readonly string[]) {
  const all = names.flatMap((target, j) =>
    names.flatMap((source, i) =>
      (graph[i]?.[j] ?? []).flatMap((mark, lag) => {
        if (mark !== '-->') return [];
        const kind = i === j ? ('memory' as const) : ('link' as const);
        return [{ source, target, lag, kind, partialCorrelation: value.at(i, j, lag), adjustedP: p.at(i, j, lag) }];
      }),
    ),
  );
  const strength = ({ partialCorrelation }: { partialCorrelation: number }) => Math.abs(partialCorrelation);
  return all.sort((a, b) => names.indexOf(a.target) - names.indexOf(b.target) || strength(b) - strength(a));
}

function daily(history: PersonHistory, window: AnalysisWindow): Observations {
  const { names, columns } = dailyGrid(history, ...localDaysOf(history, window));
  const column = (name: DailyVariable) => columns[names.indexOf(name)] ?? new Float64Array();
  return { names: DAILY, columns: DAILY.map(column) };
}

function hourly(history: PersonHistory, { from, to }: AnalysisWindow): Observations {
  return hourlyGrid(history, from, Math.floor((to - from) / 3600));
}
