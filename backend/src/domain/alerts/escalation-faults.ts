import type { EscalationChain } from './escalation.js';

/** What is wrong with a chain, and where. */
export interface ChainFault {
  readonly path: string;
  readonly code: 'no_steps' | 'not_at_once' | 'not_ascending' | 'no_clinic';
  readonly message: string;
}

/**
 * Why a chain cannot be followed. Somebody is told at once, steps ascend, and only a clinic has people on call. Naming the
 * same people again later is no fault: they are told again.
 */
export function chainFaults(chain: EscalationChain, { hasClinic }: { hasClinic: boolean }): ChainFault[] {
  const [first] = chain;
  if (!first) return [{ path: 'steps', code: 'no_steps', message: 'A chain needs a step.' }];
  const faults: ChainFault[] = [];
  if (first.afterMinutes !== 0) {
    faults.push({ path: 'steps.0.afterMinutes', code: 'not_at_once', message: 'The first step is taken at once: 0.' });
  }
  for (const [index, { afterMinutes, to }] of chain.entries()) {
    const before = chain[index - 1];
    if (before && afterMinutes <= before.afterMinutes) {
      const message = 'Later than the step before.';
      faults.push({ path: `steps.${index}.afterMinutes`, code: 'not_ascending', message });
    }
    if (to === 'on-call' && !hasClinic) {
      const message = 'Nobody is on call for a record without a clinic.';
      faults.push({ path: `steps.${index}.to`, code: 'no_clinic', message });
    }
  }
  return faults;
}
