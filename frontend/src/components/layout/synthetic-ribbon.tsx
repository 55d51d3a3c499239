import { getTranslations } from 'next-intl/server';

/** Stays on screen and on paper for as long as anything shown was generated. */
export async function SyntheticRibbon() {
  const t = await getTranslations('app');
  return (
    <section
      aria-label={t('notice')}
      className="border-b border-[#5c4a00] bg-[#fde68a] px-4 py-1 text-center text-sm font-semibold text-[#3b2f00] forced:border-[CanvasText]"
    >
      {t('synthetic')}
    </section>
  );
}
