import type { GlucoseUnit } from '../glycemia/units.js';
import type { NAMED, PersonaCode } from './personas.js';

export interface RosterEntry {
  readonly displayName: string;
  readonly persona: PersonaCode | keyof typeof NAMED;
  readonly dateOfBirth: string;
  readonly zone: string;
  readonly unit: GlucoseUnit;
  readonly targetPreset: 'adult' | 'older' | 'pregnancy-t1' | 'gestational';
  readonly story: 'travels' | 'silent' | 'worsens' | null;
}

const NEW_YORK = 'America/New_York';
const CHICAGO = 'America/Chicago';
const TORONTO = 'America/Toronto';
const LONDON = 'Europe/London';
const BERLIN = 'Europe/Berlin';

const entry = (
  displayName: string,
  persona: RosterEntry['persona'],
  dateOfBirth: string,
  zone: string = NEW_YORK,
  rest: Partial<Pick<RosterEntry, 'unit' | 'targetPreset' | 'story'>> = {},
): RosterEntry => ({
  displayName,
  persona,
  dateOfBirth,
  zone,
  unit: rest.unit ?? 'mg/dL',
  targetPreset: rest.targetPreset ?? 'adult',
  story: rest.story ?? null,
});

/** The people of the demo clinic. All invented. */
export const ROSTER: readonly RosterEntry[] = [
  entry('Alice Thompson', 'alice', '1992-03-14'),
  entry('Bob Martinez', 'bob', '1974-08-02'),
  entry('Carol Chen', 'carol', '1998-05-27'),
  entry('Daniel Okafor', 'type1-loop', '1985-11-09'),
  entry('Elena Petrova', 'type1-loop', '1990-01-30', BERLIN),
  entry('Farid Haddad', 'type1-loop', '1979-06-18', NEW_YORK, { story: 'travels' }),
  entry('Grace Lindqvist', 'type1-loop', '2001-09-05', LONDON, { unit: 'mmol/L' }),
  entry('Hiro Tanaka', 'type1-loop', '1968-12-21'),
  entry('Isabel Moreno', 'type1-loop', '1995-04-11', CHICAGO),
  entry('Jonas Weber', 'type1-loop', '1987-07-23', BERLIN, { story: 'worsens' }),
  entry('Kavya Rao', 'type1-loop', '1993-10-16'),
  entry('Liam Gallagher', 'type1-loop', '1955-02-08', LONDON, { unit: 'mmol/L', targetPreset: 'older' }),
  entry('Maya Goldberg', 'type1-pens', '1982-05-03'),
  entry('Noah Fischer', 'type1-pens', '1976-03-29', BERLIN, { story: 'silent' }),
  entry('Olivia Brooks', 'type1-pens', '1999-08-19', CHICAGO),
  entry('Pavel Novak', 'type1-pens', '1963-01-12', BERLIN),
  entry('Quinn Murphy', 'type1-nocturnal', '1989-06-06'),
  entry('Rosa Delgado', 'type1-nocturnal', '1972-09-25', TORONTO, { unit: 'mmol/L' }),
  entry('Samuel Adeyemi', 'type2-basal', '1964-04-17'),
  entry('Teresa Rossi', 'type2-basal', '1949-11-28', NEW_YORK, { targetPreset: 'older' }),
  entry('Umar Siddiqui', 'type2-basal', '1958-02-14', TORONTO, { unit: 'mmol/L' }),
  entry('Vera Kowalski', 'type2-basal', '1961-07-07', CHICAGO),
  entry('Walter Jensen', 'type2-basal', '1953-10-02', NEW_YORK, { story: 'worsens' }),
  entry('Xenia Papadakis', 'pregnancy', '1994-12-04', NEW_YORK, { targetPreset: 'pregnancy-t1' }),
  entry('Yasmin Clarke', 'pregnancy', '1997-03-22', LONDON, { unit: 'mmol/L', targetPreset: 'pregnancy-t1' }),
  entry('Zachary Lee', 'athlete', '2000-06-13'),
  entry('Amara Nwosu', 'athlete', '1996-01-19', CHICAGO),
  entry('Ben Carter', 'low-adherence', '2007-05-31'),
  entry('Chloe Dubois', 'low-adherence', '2006-08-24', TORONTO, { unit: 'mmol/L' }),
  entry('Dylan Reyes', 'low-adherence', '2007-12-10'),
];
