import type { ReactNode } from 'react';
import { getPatient } from '@/api/client';

/** Settles before anything is sent whether the caller may see this person, so that the answer is 404 and not 200. */
export default async function PatientLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ id: string }>;
}) {
  await getPatient((await params).id);
  return children;
}
