import * as z from 'zod';
import { pageOf } from '../../common/pagination.js';
import { Instant } from '../../common/wire.js';

const Priority = z.int().min(0).max(1_000).meta({ description: 'The lower number wins where two sources compete.' });

export const ReadingSource = z
  .object({ id: z.int(), name: z.string(), priority: Priority, createdAt: Instant })
  .meta({ id: 'ReadingSource' });
export type ReadingSource = z.infer<typeof ReadingSource>;

export const SourcePriorities = z
  .object({
    sources: z
      .array(z.object({ id: z.int(), priority: Priority }))
      .min(1)
      .max(100),
  })
  .meta({ id: 'SourcePriorities' });
export type SourcePriorities = z.infer<typeof SourcePriorities>;

export const ReadingSourcesPage = pageOf(ReadingSource).meta({ id: 'ReadingSourcesPage' });
export type ReadingSourcesPage = z.infer<typeof ReadingSourcesPage>;
