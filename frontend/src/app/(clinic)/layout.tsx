import type { ReactNode } from 'react';
import { getAlerts, getCurrentUser } from '@/api/client';
import { ChartDefs } from '@/charts/defs';
import { TopBar } from '@/components/layout/top-bar';
import { AlertWatch, type WatchedAlerts } from '@/features/alerts/alert-watch';
import { AlertBanner } from '@/features/alerts/banner/alert-banner';
import { TitleBadge } from '@/features/alerts/title-badge';
import { WATCHED } from '@/features/alerts/watched';
import { unitFor } from '@/preferences/unit-for';
import { ApiProblem } from '@/session/api-problem';

export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const [user, alerts, unit] = await Promise.all([getCurrentUser(), openAlerts(), unitFor()]);
  return (
    <AlertWatch initial={alerts} renderedAt={Date.now()}>
      <TitleBadge />
      <div className="no-print sticky top-0 z-20">
        <TopBar userName={user.displayName ?? user.email} />
        <AlertBanner unit={unit} />
      </div>
      <ChartDefs />
      {children}
    </AlertWatch>
  );
}

/** A page without them is better than none; the browser asks again and says so meanwhile. */
async function openAlerts(): Promise<WatchedAlerts | null> {
  try {
    const { counts, items } = await getAlerts(WATCHED);
    return { counts, unanswered: items };
  } catch (error) {
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}
