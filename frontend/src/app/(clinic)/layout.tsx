import type { ReactNode } from 'react';
import { getCurrentUser } from '@/api/client';
import { ChartDefs } from '@/charts/defs';
import { TopBar } from '@/components/layout/top-bar';

export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const user = await getCurrentUser();
  return (
    <>
      <TopBar userName={user.displayName ?? user.email} />
      <ChartDefs />
      {children}
    </>
  );
}
