import type { DataSource } from 'typeorm';
import { DemoFeedService } from '../../../src/modules/demo/demo-feed.service.js';
import { DemoSeedService } from '../../../src/modules/demo/demo-seed.service.js';
import { createTestApp } from '../../support/app.js';
import { withOwnDatabase } from '../../support/own-database.js';

/** The application on a database of its own: there is one demo clinic to a database. */
export async function openDemo(now: string) {
  let url = '';
  const own = withOwnDatabase((database) => (url = urlOf(database)));
  await own.open();
  const test = await createTestApp({ DATABASE_URL: url });
  test.clock.stopAt(now);
  return {
    ...test,
    seed: test.app.get(DemoSeedService),
    feed: test.app.get(DemoFeedService),
    query: <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> => test.dataSource.query(sql, parameters),
    async close(): Promise<void> {
      await test.close();
      await own.close();
    },
  };
}

function urlOf({ options }: DataSource): string {
  if (!('url' in options) || typeof options.url !== 'string') throw new Error('the test database has no address');
  return options.url;
}
