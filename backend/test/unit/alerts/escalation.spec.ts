import { DEFAULT_ESCALATION, isQuiet, isSnoozed, stepsOf } from '../../../src/domain/alerts/escalation.js';

const MINUTE = 60;
const sounded = { soundedAt: 0, severity: 'urgent' as const, endedAt: null };

describe('an escalation', () => {
  it('goes from the person to the followers to whoever is on call, and ends there', () => {
    expect(stepsOf(DEFAULT_ESCALATION, sounded, 0)).toEqual({ due: [0], nextAt: 5 * MINUTE });
    expect(stepsOf(DEFAULT_ESCALATION, sounded, 5 * MINUTE)).toEqual({ due: [0, 1], nextAt: 15 * MINUTE });
    expect(stepsOf(DEFAULT_ESCALATION, sounded, 60 * MINUTE)).toEqual({ due: [0, 1, 2], nextAt: null });
  });

  it('takes no step after somebody answered, and those before it all the same', () => {
    expect(stepsOf(DEFAULT_ESCALATION, { ...sounded, endedAt: 6 * MINUTE }, 60 * MINUTE)).toEqual({
      due: [0, 1],
      nextAt: null,
    });
  });

  it('leaves out steps for graver alerts', () => {
    expect(stepsOf(DEFAULT_ESCALATION, { ...sounded, severity: 'info' }, 60 * MINUTE).due).toEqual([0]);
  });
});

it('lets quiet hours hold back what is not grave enough, over midnight as well', () => {
  const nights = [{ fromMinute: 22 * 60, toMinute: 7 * 60, least: 'urgent' as const }];
  const at = (hour: number, severity: 'warning' | 'urgent') => isQuiet(nights, hour * 60, severity);
  expect([at(23, 'warning'), at(3, 'warning'), at(7, 'warning'), at(3, 'urgent')]).toEqual([true, true, false, false]);
});

it('keeps a snooze until its end, and breaks it for something graver', () => {
  const snooze = [{ from: 0, until: 3600, severity: 'warning' as const }];
  expect(isSnoozed(snooze, 'warning', 3599)).toBe(true);
  expect(isSnoozed(snooze, 'warning', 3600)).toBe(false);
  expect(isSnoozed(snooze, 'urgent', 60)).toBe(false);
});
