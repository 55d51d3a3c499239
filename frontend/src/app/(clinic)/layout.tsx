import type { ReactNode } from 'react';
import { getAlerts, getCurrentUser } from '@/api/client';
import { ChartDefs } from '@/charts/defs';
import { TopBar } from '@/components/layout/top-bar';
import { AlertWatch, type WatchedAlerts } from '@/features/alerts/alert-watch';
import { TitleBadge } from '@/features/alerts/title-badge';
import { ApiProblem } from '@/session/api-problem';

export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const [user, alerts] = await Promise.all([getCurrentUser(), openAlerts()]);
  return (
    <AlertWatch initial={alerts} renderedAt={Date.now()}>
      <TitleBadge />
      <TopBar userName={user.displayName ?? user.email} />
      <ChartDefs />
      {children}
    </AlertWatch>
  );
}

/** A page without them is better than none; the browser asks again and says so meanwhile. */
async function openAlerts(): Promise<WatchedAlerts | null> {
  try {
    const { counts, items } = await getAlerts({ state: 'open', severity: 'urgent', limit: 20 });
    return { counts, urgent: items };
  } catch (error) {
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}
