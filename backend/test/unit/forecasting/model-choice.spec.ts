import type { ModelName } from '../../../src/domain/forecasting/model.js';
import { chooseModel, type ScoredForecast } from '../../../src/domain/forecasting/model-choice.js';

const NOW = 1_700_000_000;
const DAY = 86_400;
type Errors = Partial<Record<ModelName, number>>;

const scored = (count: number, errorsMgdl: Errors, at = NOW - DAY): ScoredForecast[] =>
  Array.from({ length: count }, () => ({ at, errorsMgdl }));

describe('the model that serves', () => {
  it.each([
    { current: 'network', network: 8, ridge: 9, model: 'network', reason: 'best' },
    { current: 'network', network: 9.125, ridge: 9, model: 'ridge', reason: 'best' },
    { current: 'network', network: 9, ridge: 9, model: 'ridge', reason: 'best' },
    { current: 'ridge', network: 8.9375, ridge: 9, model: 'ridge', reason: 'not-better-enough' },
    { current: 'ridge', network: 8.875, ridge: 9, model: 'network', reason: 'best' },
    { current: 'network', network: 13, ridge: 12, model: 'last-value', reason: 'best' },
  ] as const)(
    'is $model after $current with errors $network and $ridge',
    ({ current, network, ridge, model, reason }) => {
      const choice = chooseModel(current, scored(500, { network, ridge, 'last-value': 11 }), NOW);
      expect(choice).toMatchObject({ model, reason, scored: 500, maeMgdl: { network, ridge, 'last-value': 11 } });
      expect(choice.switched).toEqual(model === current ? null : { from: current, to: model, at: NOW });
    },
  );

  it('does not change below 500 forecasts', () => {
    const choice = chooseModel('network', scored(499, { network: 20, ridge: 10 }), NOW);
    expect(choice).toEqual({ model: 'network', reason: 'too-few-scored', scored: 499, maeMgdl: {}, switched: null });
  });

  it('is judged by the last 14 days alone', () => {
    const old = scored(600, { network: 30, ridge: 10 }, NOW - 14 * DAY);
    const later = scored(600, { network: 30, ridge: 10 }, NOW + 1);
    const recent = scored(500, { network: 8, ridge: 10 }, NOW - 14 * DAY + 1);
    expect(chooseModel('network', [...old, ...recent, ...later], NOW)).toMatchObject({ model: 'network', scored: 500 });
  });

  it('is judged on the forecasts that all models have made', () => {
    const mixed = [...scored(500, { network: 9, ridge: 10 }), ...scored(500, { network: 30 })];
    expect(chooseModel('network', mixed, NOW)).toMatchObject({ model: 'network', scored: 500 });
    expect(chooseModel('network', scored(700, { ridge: 10 }), NOW).reason).toBe('too-few-scored');
  });
});
