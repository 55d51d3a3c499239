import { getTranslations } from 'next-intl/server';
import { LoadingNote } from './loading-note';

/** A heading and two cards without their content. `width` and `last` are classes: of the page, and of the lower card's height. */
export async function PageSkeleton({ width, last }: { width: string; last: string }) {
  const t = await getTranslations('loading');
  return (
    <main id="main" className={`mx-auto grid ${width} gap-4 px-4 py-6`} aria-busy="true">
      <LoadingNote label={t('label')} long={t('long')} />
      <div className="skeleton h-8 w-full max-w-72" />
      <div className="skeleton h-72" />
      <div className={`skeleton ${last}`} />
    </main>
  );
}
