import { type AnalysisCoverage, type AnalysisWindow, coverageOf } from '../../../domain/analyses/coverage.js';
import type { PersonHistory } from '../../../domain/causality/person-history.js';
import { type AlgorithmName, algorithmOf, type AnalysisResult } from '../algorithms.js';

/** What a thread is given: a question and everything it needs to answer it. */
export interface AnalysisTask {
  readonly algorithm: AlgorithmName;
  readonly parameters: unknown;
  readonly window: AnalysisWindow;
  readonly history: PersonHistory;
}

export interface Analysis {
  readonly result: AnalysisResult;
  readonly coverage: AnalysisCoverage;
}

/** What an analysis says: how far it is, now and then, and in the end the answer or why there is none. */
export type AnalysisMessage = { readonly part: number } | { readonly answer: Analysis } | { readonly failed: Failure };

/** What is left of an error on its way between processes. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
}

/** The same task gives the same answer, byte by byte once it is written as JSON. */
export function analyse(
  { algorithm, parameters, window, history }: AnalysisTask,
  onProgress?: (part: number) => void,
): Analysis {
  return {
    coverage: coverageOf(history, window),
    result: algorithmOf(algorithm).analyse(history, window, parameters, onProgress),
  };
}
