import { getTranslations } from 'next-intl/server';

const VENDORS = ['clarity', 'libreview'] as const;

export async function VendorHelp({ open }: { open: boolean }) {
  const t = await getTranslations('upload');
  return (
    <details className="card" open={open}>
      <summary className="min-h-6 font-semibold">{t('help')}</summary>
      <ul className="mt-3 grid list-disc gap-2 pl-5 text-sm">
        {VENDORS.map((vendor) => (
          <li key={vendor}>{t(`vendors.${vendor}`)}</li>
        ))}
      </ul>
    </details>
  );
}
