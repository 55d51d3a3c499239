import type { Source } from './patient-ingest.repository.js';

/** Also keeps ids small enough for `merge.ts` to put one beside an instant in one number. */
export const MAX_SOURCES = 100;

/** New sources rank behind none: all are equal until somebody says otherwise. */
export const DEFAULT_PRIORITY = 100;

/** Names to ids of one patient's sources. Unknown names get the next id. */
export class SourceNames {
  private readonly byName: Map<string, Source>;
  private readonly fresh: Source[] = [];

  constructor(private readonly stored: readonly Source[]) {
    this.byName = new Map(stored.map((source) => [source.name, source]));
  }

  /** The id of a source; `null` for a new one beyond the number of sources a patient may have. */
  idOf(name: string): number | null {
    const source = this.byName.get(name);
    if (source) return source.id;
    const count = this.stored.length + this.fresh.length;
    if (count >= MAX_SOURCES) return null;
    const created = { id: count + 1, name, priority: DEFAULT_PRIORITY };
    this.byName.set(name, created);
    this.fresh.push(created);
    return created.id;
  }

  /** The new sources up to the last one in use: ids are given without holes. */
  created(used: ReadonlySet<number>): Source[] {
    const last = this.fresh.findLastIndex((source) => used.has(source.id));
    return this.fresh.slice(0, last + 1);
  }
}
