import { getLocale, getTranslations } from 'next-intl/server';
import type { LinksResult, MlRun } from '@/api/types';
import { ChartFrame } from '@/charts/chart-frame';
import { DataTable } from '@/charts/data-table';
import { byStrength, layoutLinks, type Link, MOST_DRAWN } from '@/charts/links/layout';
import { LinksGraphic } from '@/charts/links/links-graphic';
import { Answer } from './answer';
import { linkWords } from './link-words';

/** Which of the things noted go before which: in sentences, as a picture and as a table, each complete without the others. */
export async function Links({ run, timeZone }: { run: MlRun; timeZone: string }) {
  const [t, locale] = await Promise.all([getTranslations('links'), getLocale()]);
  const { variables = [], links = [], unusable = {} } = run.result as Partial<LinksResult>;
  const isHourly = run.meta?.parameters['grid'] === 'hourly';
  const words = linkWords(t, locale, isHourly ? 'hourly' : 'daily');
  const used = variables.map(({ name }) => name).filter((name) => !(name in unusable));
  const sorted = byStrength(links);
  const [found, memory] = [ofKind(sorted, 'link'), ofKind(sorted, 'memory')];
  const weaker = (count: number) => t('weaker', { count });
  const leftOut = Object.entries(unusable).map(([name, reason]) => words.leftOut(name, reason));
  return (
    <Answer title={t('title')} run={run} timeZone={timeZone}>
      <p className="max-w-prose text-sm text-muted">{t('intro')}</p>
      {found.length === 0 ? <p>{t('none')}</p> : null}
      <Sentences sentences={found.map(words.sentence)} weaker={weaker} />
      {links.length > 0 ? (
        <ChartFrame
          id="links"
          isPart
          title={t('picture', { count: used.length })}
          summary={`${found.length > MOST_DRAWN ? t('strongest', { drawn: MOST_DRAWN, links: found.length }) : ''} ${t('summary')}`.trim()}
          note={isHourly ? t('sameHour') : null}
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
            label={found.length === 0 ? t('none') : found.slice(0, MOST_DRAWN).map(words.sentence).join(' ')}
            earlier={t('earlier')}
            later={t('later')}
            nameOf={words.name}
            lagOf={words.shortLag}
          />
        </ChartFrame>
      ) : null}
      {memory.length > 0 ? <h3 className="text-base font-semibold">{t('memoryTitle')}</h3> : null}
      <Sentences sentences={memory.map(words.memory)} weaker={weaker} />
      {leftOut.length > 0 ? <p className="text-sm text-muted">{t('leftOut', { what: leftOut.join(', ') })}</p> : null}
    </Answer>
  );
}

interface SentencesProps {
  /** The strongest first. */
  sentences: readonly string[];
  weaker: (count: number) => string;
}

function Sentences({ sentences, weaker }: SentencesProps) {
  const [shown, folded] = [sentences.slice(0, MOST_DRAWN), sentences.slice(MOST_DRAWN)];
  return (
    <>
      <SentenceList sentences={shown} />
      {folded.length > 0 ? (
        <details>
          <summary className="mb-2 cursor-pointer text-sm text-accent">{weaker(folded.length)}</summary>
          <SentenceList sentences={folded} />
        </details>
      ) : null}
    </>
  );
}

function SentenceList({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul className="grid gap-2">
      {sentences.map((sentence) => (
        <li key={sentence} className="max-w-prose">
          {sentence}
        </li>
      ))}
    </ul>
  );
}

const ofKind = (links: readonly Link[], kind: Link['kind']) => links.filter((link) => link.kind === kind);
