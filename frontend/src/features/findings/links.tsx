import { getLocale, getTranslations } from 'next-intl/server';
import type { LinksResult, MlRun } from '@/api/types';
import { ChartFrame } from '@/charts/chart-frame';
import { DataTable } from '@/charts/data-table';
import { byStrength, layoutLinks, type Link } from '@/charts/links/layout';
import { LinksGraphic } from '@/charts/links/links-graphic';
import { Answer } from './answer';
import { linkWords } from './link-words';

/** Which of the things noted go before which: in sentences, as a picture and as a table, each complete without the others. */
export async function Links({ run, timeZone }: { run: MlRun; timeZone: string }) {
  const [t, locale] = await Promise.all([getTranslations('links'), getLocale()]);
  const { variables = [], links = [], unusable = {} } = run.result as Partial<LinksResult>;
  const words = linkWords(t, locale, run.meta?.parameters['grid'] === 'hourly' ? 'hourly' : 'daily');
  const used = variables.map(({ name }) => name).filter((name) => !(name in unusable));
  const sorted = byStrength(links);
  const [found, memory] = [ofKind(sorted, 'link'), ofKind(sorted, 'memory')];
  const leftOut = Object.entries(unusable).map(([name, reason]) => words.leftOut(name, reason));
  return (
    <Answer title={t('title')} run={run} timeZone={timeZone}>
      <p className="max-w-prose text-sm text-muted">{t('intro')}</p>
      {found.length === 0 ? <p>{t('none')}</p> : null}
      <Sentences links={found} inWords={words.sentence} />
      {links.length > 0 ? (
        <ChartFrame
          id="links"
          isPart
          title={t('picture', { count: used.length })}
          summary={t('summary', { links: found.length })}
          tableLabel={t('showTable')}
          table={
            <DataTable
              caption={t('title')}
              columns={(['from', 'to', 'lag', 'kind', 'strength', 'p'] as const).map((column) =>
                t(`columns.${column}`),
              )}
              rows={sorted.map((link) => words.row(link))}
            />
          }
        >
          <LinksGraphic
            layout={layoutLinks(used, links)}
            label={found.length === 0 ? t('none') : found.map(words.sentence).join(' ')}
            earlier={t('earlier')}
            later={t('later')}
            nameOf={words.name}
            lagOf={words.lag}
          />
        </ChartFrame>
      ) : null}
      {memory.length > 0 ? <h3 className="text-base font-semibold">{t('memoryTitle')}</h3> : null}
      <Sentences links={memory} inWords={words.memory} />
      {leftOut.length > 0 ? <p className="text-sm text-muted">{t('leftOut', { what: leftOut.join(', ') })}</p> : null}
    </Answer>
  );
}

function Sentences({ links, inWords }: { links: readonly Link[]; inWords: (link: Link) => string }) {
  if (links.length === 0) return null;
  return (
    <ul className="grid gap-2">
      {links.map((link) => (
        <li key={inWords(link)} className="max-w-prose">
          {inWords(link)}
        </li>
      ))}
    </ul>
  );
}

const ofKind = (links: readonly Link[], kind: Link['kind']) => links.filter((link) => link.kind === kind);
