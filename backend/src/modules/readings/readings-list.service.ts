import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { cutPage, decodeCursor } from '../../common/pagination.js';
import { fromRow } from './reading-wire.js';
import { ReadingsRepository } from './readings.repository.js';
import type { ReadingsPage, ReadingsQuery } from './readings.schemas.js';

/** The last reading seen: two sources may have reported the same instant. */
const CursorKey = z.tuple([z.number(), z.int()]);

@Injectable()
export class ReadingsListService {
  constructor(private readonly readings: ReadingsRepository) {}

  /** A page of readings, ascending by time. */
  async page(patientId: string, query: ReadingsQuery): Promise<ReadingsPage> {
    const key = decodeCursor(query.cursor, CursorKey);
    const rows = await this.readings.page(
      patientId,
      { from: query.from ? new Date(query.from) : '-infinity', to: query.to ? new Date(query.to) : 'infinity' },
      key && { at: key[0], source: key[1] },
      query.limit + 1,
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (last) => [last.at, last.source]);
    return { items: items.map(fromRow), nextCursor };
  }
}
