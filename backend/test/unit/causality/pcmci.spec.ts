import { pcmci, type PcmciOptions } from '../../../src/domain/causality/pcmci.js';
import { pcmciPlus } from '../../../src/domain/causality/pcmci-plus.js';
import { observed, simulated, withHoles } from './series.js';

const OPTIONS: PcmciOptions = { minLag: 1, maxLag: 4, pcAlpha: 0.05, alphaLevel: 0.01, fdr: 'benjamini-hochberg' };

/** Self-links, a chain 0 → 1 → 2 and a common cause 0 of 1 and 3: all of them correlate, four links are true. */
const CHAIN = [
  ...[0, 1, 2, 3].map((variable) => ({ source: variable, target: variable, lag: 1, weight: 0.5 })),
  { source: 0, target: 1, lag: 2, weight: 0.5 },
  { source: 1, target: 2, lag: 1, weight: 0.5 },
  { source: 0, target: 3, lag: 3, weight: -0.5 },
];

function linksOf(graph: string[][][]): string[] {
  const found: string[] = [];
  for (const [source, targets] of graph.entries()) {
    for (const [target, lags] of targets.entries()) {
      lags.forEach((mark, lag) => mark && found.push(`${source}${mark}${target}@${lag}`));
    }
  }
  return found.sort();
}

const done = (result: ReturnType<typeof pcmci>) => {
  if (result.status !== 'done') throw new Error(result.missing.join());
  return result;
};

const WANTED = CHAIN.map(({ source, target, lag }) => `${source}-->${target}@${lag}`).sort();

describe('PCMCI', () => {
  it('finds direct links at their lags and leaves out what is only passed on or shared', () => {
    expect(linksOf(done(pcmci(observed(simulated(4, 800, CHAIN, 1)), OPTIONS)).graph)).toEqual(WANTED);
  });

  it('keeps lags true where a tenth of the values is missing', () => {
    const rows = withHoles(simulated(4, 1_500, CHAIN, 2), 0.1, 2);
    expect(linksOf(done(pcmci(observed(rows), OPTIONS)).graph)).toEqual(WANTED);
  });

  it('tells a variable that never changes or was never measured, and judges the others', () => {
    const rows = simulated(4, 800, CHAIN, 1).map((row) => [...row, 7]);
    const constant = done(pcmci(observed(rows), OPTIONS));
    expect(constant.unusable).toEqual({ '4': 'never changes' });
    expect(linksOf(constant.graph)).toEqual(WANTED);
    const silent = done(pcmci(observed(rows.map((row) => [...row.slice(0, 4), null])), OPTIONS));
    expect(silent.unusable).toEqual({ '4': 'never measured' });
    expect(linksOf(silent.graph)).toEqual(WANTED);
  });

  it.each([
    ['no variable', [], ['no variable was given']],
    ['too few steps', simulated(2, 10, [], 3), ['10 steps of time, of which lags up to 4 need 11']],
    ['only constants', Array.from({ length: 50 }, () => [1, 2]), ['no variable ever changes']],
    ['nothing measured', Array.from({ length: 50 }, () => [null, null]), ['no variable ever changes']],
  ])('answers what is missing: %s', (_, rows, missing) => {
    expect(pcmci(observed(rows), OPTIONS)).toEqual({ status: 'too-little-data', missing });
    expect(pcmciPlus(observed(rows), { maxLag: 4, pcAlpha: 0.01 })).toEqual({ status: 'too-little-data', missing });
  });

  it('gives the same bytes again', () => {
    const run = () => JSON.stringify(done(pcmci(observed(simulated(4, 300, CHAIN, 5)), OPTIONS)));
    expect(run()).toBe(run());
  });
});

describe('PCMCI+', () => {
  const options = { maxLag: 2, pcAlpha: 0.005 };

  it('directs links within a step by what came before', () => {
    const causes = [
      ...[0, 1, 2].map((variable) => ({ source: variable, target: variable, lag: 1, weight: 0.6 })),
      { source: 0, target: 1, lag: 0, weight: 0.6 },
      { source: 1, target: 2, lag: 0, weight: -0.6 },
    ];
    const links = linksOf(done(pcmciPlus(observed(simulated(3, 800, causes, 1)), options)).graph);
    expect(links).toEqual(['0-->0@1', '0-->1@0', '1-->1@1', '1-->2@0', '1<--0@0', '2-->2@1', '2<--1@0']);
  });

  it('directs two causes of one effect without any past, and leaves a chain open', () => {
    const collider = [
      { source: 0, target: 2, lag: 0, weight: 0.7 },
      { source: 1, target: 2, lag: 0, weight: 0.7 },
    ];
    const found = linksOf(done(pcmciPlus(observed(simulated(3, 800, collider, 2)), options)).graph);
    expect(found).toEqual(['0-->2@0', '1-->2@0', '2<--0@0', '2<--1@0']);
    const chain = [
      { source: 0, target: 1, lag: 0, weight: 0.7 },
      { source: 1, target: 2, lag: 0, weight: 0.7 },
    ];
    const open = linksOf(done(pcmciPlus(observed(simulated(3, 800, chain, 2)), options)).graph);
    expect(open).toEqual(['0o-o1@0', '1o-o0@0', '1o-o2@0', '2o-o1@0']);
  });

  it('does not depend on the order of the variables', () => {
    const causes = [
      { source: 0, target: 0, lag: 1, weight: 0.6 },
      { source: 0, target: 1, lag: 0, weight: 0.6 },
      { source: 1, target: 2, lag: 1, weight: 0.5 },
      { source: 2, target: 3, lag: 0, weight: 0.5 },
    ];
    const rows = simulated(4, 600, causes, 3);
    const forward = done(pcmciPlus(observed(rows), options)).graph;
    const backward = done(pcmciPlus(observed(rows.map((row) => [...row].reverse())), options)).graph;
    const turned = forward.map((_, i) => forward.map((__, j) => backward[3 - i]?.[3 - j]));
    expect(turned).toEqual(forward);
  });
});
