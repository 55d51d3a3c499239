import { meanPinball, type Scored, stepScores, windowErrors } from './protocol-scores.js';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number): number => Number((share * 100).toFixed(1));

/** The scores of one model on one part, the mean over the splits as the protocol takes it. Errors in mg/dL, shares in percent. */
export function scoreRow(part: string, model: string, ofSplits: readonly Scored[][]) {
  const errors = ofSplits.map(windowErrors);
  const at = (minutes: number) => ofSplits.map((scored) => stepScores(scored, minutes));
  const [half, hour] = [at(30), at(60)];
  return {
    part,
    model,
    splits: ofSplits.length,
    windows: ofSplits.reduce((sum, scored) => sum + scored.length, 0),
    medianRmse: Math.sqrt(mean(errors.map(({ medianMse }) => medianMse))),
    medianMae: mean(errors.map(({ medianMae }) => medianMae)),
    meanRmse: Math.sqrt(mean(errors.map(({ meanMse }) => meanMse))),
    meanMae: mean(errors.map(({ meanMae }) => meanMae)),
    rmse30: mean(half.map(({ rmse }) => rmse)),
    rmse60: mean(hour.map(({ rmse }) => rmse)),
    cover80at30: percent(mean(half.map(({ coverage80 }) => coverage80))),
    cover80at60: percent(mean(hour.map(({ coverage80 }) => coverage80))),
    cover95at30: percent(mean(half.map(({ coverage95 }) => coverage95))),
    cover95at60: percent(mean(hour.map(({ coverage95 }) => coverage95))),
    width80at30: mean(half.map(({ width80 }) => width80)),
    width80at60: mean(hour.map(({ width80 }) => width80)),
    worst80at60: percent(Math.min(...hour.map(({ worstSubject80 }) => worstSubject80))),
    pinball: mean(ofSplits.map(meanPinball)),
    parkesABat60: percent(mean(hour.map(({ parkesAB }) => parkesAB))),
  };
}
