import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { getChannels, getPushKey } from '@/api/channels';
import { AddBrowser } from '@/features/channels/add-browser';
import { AddChannel } from '@/features/channels/add-channel';
import { ChannelCard } from '@/features/channels/channel-card';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('channels'))('title') };
}

export default async function ChannelsPage() {
  const [channels, publicKey, t, messages] = await Promise.all([
    getChannels(),
    getPushKey(),
    getTranslations('channels'),
    getMessages(),
  ]);
  const works = channels.some(({ health }) => health.state === 'ok' || health.state === 'unused');
  return (
    <main id="main" className="mx-auto grid max-w-3xl gap-6 px-4 py-6">
      <div>
        <h1 className="text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-1 max-w-prose text-muted">{t('intro')}</p>
      </div>
      <NextIntlClientProvider messages={{ channels: messages.channels }}>
        <section aria-labelledby="channels-title" className="grid gap-3">
          <h2 id="channels-title" className="text-lg font-semibold">
            {t('list')}
          </h2>
          {works ? null : <p className="rounded border border-high p-3 text-sm text-high">{t('none')}</p>}
          <ul className="grid gap-3">
            {channels.map((channel) => (
              <ChannelCard key={channel.id} channel={channel} />
            ))}
          </ul>
        </section>
        <section aria-labelledby="add-title" className="grid gap-3">
          <h2 id="add-title" className="text-lg font-semibold">
            {t('addTitle')}
          </h2>
          <div className="card grid gap-2">
            <h3 className="font-semibold">{t('kinds.email')}</h3>
            <AddChannel kind="email" />
          </div>
          <div className="card grid gap-2">
            <h3 className="font-semibold">{t('kinds.web-push')}</h3>
            <AddBrowser publicKey={publicKey} />
          </div>
          <div className="card grid gap-2">
            <h3 className="font-semibold">{t('kinds.webhook')}</h3>
            <AddChannel kind="webhook" />
          </div>
        </section>
      </NextIntlClientProvider>
    </main>
  );
}
