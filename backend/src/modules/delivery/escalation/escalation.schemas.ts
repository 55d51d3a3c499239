import * as z from 'zod';
import { Instant } from '../../../common/wire.js';
import { RECIPIENTS } from '../../../domain/alerts/escalation.js';
import { AlertPerson, AlertSeverity } from '../../alerts/alerts.schemas.js';

const MOST_STEPS = 10;
const LONGEST_WAIT_MINUTES = 12 * 60;

export const EscalationStep = z
  .object({
    afterMinutes: z
      .int()
      .min(0)
      .max(LONGEST_WAIT_MINUTES)
      .meta({ description: 'After the sound. A step that reaches nobody gives way to the next at once.' }),
    to: z.enum(RECIPIENTS),
    least: AlertSeverity.meta({ description: 'Alerts that are less grave do not take this step.' }),
  })
  .meta({ id: 'EscalationStep' });

/** Who is told, step by step, until somebody answers. */
export const EscalationChange = z
  .object({ steps: z.array(EscalationStep).max(MOST_STEPS) })
  .meta({ id: 'EscalationChange' });
export type EscalationChange = z.infer<typeof EscalationChange>;

const steps = z.array(EscalationStep);

export const Escalation = z
  .object({
    source: z.enum(['own', 'clinic', 'default']).meta({ description: 'Whose choice holds.' }),
    steps,
    changedAt: Instant.nullable(),
    changedBy: AlertPerson.nullable(),
    inherited: z
      .object({ source: z.enum(['clinic', 'default']), steps })
      .meta({ description: 'What holds without an own choice.' }),
  })
  .meta({ id: 'Escalation' });
export type Escalation = z.infer<typeof Escalation>;
