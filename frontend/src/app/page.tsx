import { redirect } from 'next/navigation';
import { getCurrentUser } from '@/api/client';

/** Who works for a clinic starts at the panel, everyone else at their own record. */
export default async function HomePage() {
  const { patientId, memberships } = await getCurrentUser();
  redirect(patientId && memberships.length === 0 ? `/patients/${patientId}` : '/patients');
}
