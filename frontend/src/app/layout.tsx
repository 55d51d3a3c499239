import type { Metadata, Viewport } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { FocusHeading } from '@/components/layout/focus-heading';
import { readTheme } from '@/preferences/preferences';
import './globals.css';
// Last, so that paper is light whatever the screen is.
import './print.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('app');
  return { title: { default: t('name'), template: `%s · ${t('name')}` }, description: t('description') };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0f172a' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [theme, locale, messages, t] = await Promise.all([
    readTheme(),
    getLocale(),
    getMessages(),
    getTranslations('app'),
  ]);
  return (
    <html lang={locale} data-theme={theme === 'system' ? undefined : theme}>
      <body className="font-sans antialiased">
        <a
          href="#main"
          className="sr-only z-50 rounded bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {t('skipToContent')}
        </a>
        <FocusHeading />
        {/* Only error boundaries, alerts, the connection and the upload form speak in the browser. */}
        <NextIntlClientProvider
          messages={{
            errors: messages.errors,
            upload: messages.upload,
            alerts: messages.alerts,
            live: messages.live,
            silence: messages.silence,
            patterns: { kinds: messages.patterns.kinds },
          }}
        >
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
