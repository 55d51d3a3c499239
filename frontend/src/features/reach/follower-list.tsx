'use client';

import { useTranslations } from 'next-intl';
import type { AlertFollower } from '@/api/types';
import { useFormAnswer } from '@/components/form/use-form-answer';
import { type ReachState, submitFollower } from './actions';

interface FollowerListProps {
  patientId: string;
  followers: readonly AlertFollower[];
  mayChangeOthers: boolean;
  userId: string;
}

/** Who is told of a person's alerts beside the person. */
export function FollowerList({ patientId, followers, mayChangeOthers, userId }: FollowerListProps) {
  const t = useTranslations('reach');
  if (followers.length === 0) return <p className="text-sm text-muted">{t('followers.none')}</p>;
  return (
    <ul className="grid gap-2">
      {followers.map((follower) => (
        <FollowerRow
          key={follower.person.id}
          patientId={patientId}
          follower={follower}
          mayChange={mayChangeOthers || follower.person.id === userId}
          isSelf={follower.person.id === userId}
        />
      ))}
    </ul>
  );
}

interface FollowerRowProps {
  patientId: string;
  follower: AlertFollower;
  mayChange: boolean;
  isSelf: boolean;
}

function FollowerRow({ patientId, follower, mayChange, isSelf }: FollowerRowProps) {
  const t = useTranslations('reach');
  const { person, relation, follows, reachable } = follower;
  const { state, pending, form } = useFormAnswer<ReachState>(
    submitFollower.bind(null, patientId, person.id, !follows),
    null,
    () => ({ values: null, faults: {}, problem: t('problems.unavailable'), done: false }),
  );
  const action = t(follows ? 'followers.stop' : 'followers.start');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-border pt-2 text-sm first:border-0 first:pt-0">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">
          {person.displayName}
          {isSelf ? ` ${t('followers.you')}` : ''}
        </p>
        <p className="text-muted">{t(`followers.relations.${relation}`)}</p>
        {follows && !reachable ? <p className="text-high">{t('followers.unreachable')}</p> : null}
      </div>
      <p className={follows ? 'text-in-range' : 'text-muted'}>{t(follows ? 'followers.follows' : 'followers.no')}</p>
      {mayChange && (follows || relation !== 'none') ? (
        <form {...form}>
          <button
            type="submit"
            aria-disabled={pending}
            className="button px-3"
            aria-label={t('followers.of', { action, name: person.displayName })}
          >
            {pending ? t('working') : action}
          </button>
        </form>
      ) : null}
      <p role="alert" className="basis-full text-low empty:hidden">
        {state?.problem}
      </p>
    </li>
  );
}
