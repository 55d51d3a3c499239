import { NextIntlClientProvider } from 'next-intl';
import Link from 'next/link';
import { getMessages, getTranslations } from 'next-intl/server';
import { getCurrentUser } from '@/api/client';
import { getEscalation, getFollowers } from '@/api/reach';
import { submitChain } from './actions';
import { ChainForm } from './chain-form';
import { FollowerList } from './follower-list';

/** Who is told of one person's alerts: those who follow them, and in which order people are called. */
export async function ReachSection({ patientId }: { patientId: string }) {
  const owner = { kind: 'patients', id: patientId } as const;
  const [followers, chain, user, t, messages] = await Promise.all([
    getFollowers(patientId),
    getEscalation(owner),
    getCurrentUser(),
    getTranslations('reach'),
    getMessages(),
  ]);
  return (
    <NextIntlClientProvider messages={{ reach: messages.reach }}>
      <section aria-labelledby="followers-title" className="card grid gap-3">
        <div>
          <h2 id="followers-title" className="text-base font-semibold">
            {t('followers.title')}
          </h2>
          <p className="text-sm text-muted">{t('followers.about')}</p>
        </div>
        <FollowerList
          patientId={patientId}
          followers={followers.items}
          mayChangeOthers={followers.mayChangeOthers}
          userId={user.id}
        />
        <Link href="/account/alerts" prefetch={false} className="link inline-flex min-h-6 items-center text-sm">
          {t('followers.channels')}
        </Link>
      </section>
      <section aria-labelledby="chain-title" className="card grid gap-3">
        <div>
          <h2 id="chain-title" className="text-base font-semibold">
            {t('chain.title')}
          </h2>
          <p className="text-sm text-muted">{t('chain.about')}</p>
        </div>
        <ChainForm action={submitChain.bind(null, owner)} chain={chain} mayChange={followers.mayChangeOthers} />
      </section>
    </NextIntlClientProvider>
  );
}
