import { censoringOf, unitOf } from '../../domain/glycemia/units.js';
import { kindOf, type NewReading } from './reading.js';
import type { Reading } from './readings.schemas.js';
import type { ListedReading } from './readings.repository.js';

/** A reading that was just stored, as it goes out. */
export const toReading = ({ at, tenths, unit, kind, censored }: NewReading, source: string): Reading => ({
  measuredAt: new Date(at).toISOString(),
  value: tenths / 10,
  unit,
  kind,
  censored,
  source,
});

/** A row of the table, as it goes out. */
export const fromRow = ({ at, tenths, flags, sourceName }: ListedReading): Reading => ({
  measuredAt: new Date(at).toISOString(),
  value: tenths / 10,
  unit: unitOf(flags),
  kind: kindOf(flags),
  censored: censoringOf(flags),
  source: sourceName,
});
