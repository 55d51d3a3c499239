import { getTranslations } from 'next-intl/server';
import { getCurrentUser, getReceivedInvitations } from '@/api/client';
import { answerInvitation } from './actions';
import { InvitationForm } from './invitation-form';

/** What clinics ask the person whose own page this is; nothing on any other page. */
export async function InvitationBanners({ patientId }: { patientId: string }) {
  const user = await getCurrentUser();
  if (user.patientId !== patientId) return null;
  const [invitations, t] = await Promise.all([getReceivedInvitations(), getTranslations('invitations')]);
  return invitations.map(({ id, organisationName }) => (
    <section key={id} aria-labelledby={`invitation-${id}`} className="card no-print grid gap-2">
      <h2 id={`invitation-${id}`} className="font-semibold">
        {t('title', { clinic: organisationName })}
      </h2>
      <p className="max-w-prose text-sm text-muted">{t('body')}</p>
      <InvitationForm
        action={answerInvitation.bind(null, { id, patientId })}
        labels={{
          code: t('code'),
          accept: t('accept'),
          decline: t('decline'),
          offline: t('problems.offline'),
          unavailable: t('problems.unavailable'),
        }}
      />
    </section>
  ));
}
