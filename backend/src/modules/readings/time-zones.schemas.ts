import * as z from 'zod';
import { pageOf } from '../../common/pagination.js';
import { Instant, TimeZoneName } from '../../common/wire.js';

const ValidFrom = Instant.nullable().meta({
  description: 'The first instant in this zone; null for the zone of everything before the first change.',
});

export const ZoneChange = z.object({ validFrom: ValidFrom, timeZone: z.string() }).meta({ id: 'ZoneChange' });
export type ZoneChange = z.infer<typeof ZoneChange>;

export const NewZoneChange = z
  .object({
    validFrom: ValidFrom,
    timeZone: TimeZoneName,
  })
  .meta({ id: 'NewZoneChange' });
export type NewZoneChange = z.infer<typeof NewZoneChange>;

export const ZoneChangesPage = pageOf(ZoneChange).meta({ id: 'ZoneChangesPage' });
export type ZoneChangesPage = z.infer<typeof ZoneChangesPage>;
