import type { ReactNode } from 'react';
import type { PatientSummary } from '@/api/types';
import { BackLink } from './back-link';
import { SyntheticRibbon } from './synthetic-ribbon';

interface PersonPageProps {
  patient: PatientSummary;
  title: string;
  intro: string;
  children: ReactNode;
}

/** A page about one matter of a person, below the person's own. */
export function PersonPage({ patient, title, intro, children }: PersonPageProps) {
  return (
    <>
      {patient.synthetic ? <SyntheticRibbon /> : null}
      <main id="main" className="mx-auto grid max-w-3xl gap-4 px-4 py-6">
        <div>
          <BackLink href={`/patients/${patient.id}`}>{patient.displayName}</BackLink>
          <h1 className="text-2xl font-semibold">{title}</h1>
          <p className="mt-1 text-muted">{intro}</p>
        </div>
        {children}
      </main>
    </>
  );
}
