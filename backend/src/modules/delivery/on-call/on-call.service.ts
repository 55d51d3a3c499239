import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { type FieldError, Problem } from '../../../common/problem.js';
import { rotaGaps } from '../../../domain/alerts/rota.js';
import type { Actor } from '../../auth/actor.js';
import { OrganisationsService } from '../../organisations/organisations.service.js';
import type { NewOnCallShift, OnCallQuery, OnCallRota, OnCallShift, OnCallShiftChange } from './on-call.schemas.js';
import { shiftFaults } from './shift-faults.js';
import { type ShiftRow, ShiftsRepository, type ShiftTimes } from './shifts.repository.js';

const DAY_MS = 86_400_000;
const AHEAD_DAYS = 14;
const LONGEST_RANGE_DAYS = 92;

/**
 * Who is called at night. Every member of an organisation sees and changes its rota: it names people, and opens nothing
 * to them. What is over stays as it was.
 */
@Injectable()
export class OnCallService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly organisations: OrganisationsService,
    private readonly shifts: ShiftsRepository,
  ) {}

  async rota(actor: Actor, organisationId: string, query: OnCallQuery): Promise<OnCallRota> {
    await this.organisations.describe(actor, organisationId);
    const now = this.clock.now();
    const ahead = new Date(now.getTime() + AHEAD_DAYS * DAY_MS);
    const from = query.from ? new Date(query.from) : new Date(now.getTime() - DAY_MS);
    const to = query.to ? new Date(query.to) : ahead;
    const range = to.getTime() - from.getTime();
    if (range <= 0 || range > LONGEST_RANGE_DAYS * DAY_MS) {
      throw refused({ path: 'to', code: 'range', message: `After from, ${LONGEST_RANGE_DAYS} days at most.` });
    }
    const [shifts, coming, clinicians] = await Promise.all([
      this.shifts.between(organisationId, from, to),
      this.shifts.between(organisationId, now, ahead),
      this.shifts.clinicians(organisationId),
    ]);
    const counting = coming.filter(({ counts }) => counts);
    const stretches = counting.map(({ startsAt, endsAt }) => ({ from: seconds(startsAt), to: seconds(endsAt) }));
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      shifts: shifts.map(toShift),
      now: counting
        .filter(({ startsAt }) => startsAt <= now)
        .map((row) => ({ person: personOf(row), until: row.endsAt.toISOString(), reachable: row.reachable })),
      gaps: rotaGaps(stretches, { from: seconds(now), to: seconds(ahead) }).map((gap) => ({
        from: iso(gap.from),
        to: iso(gap.to),
      })),
      gapsUntil: ahead.toISOString(),
      clinicians: clinicians.map((row) => ({ ...personOf(row), reachable: row.reachable })),
    };
  }

  async add(actor: Actor, organisationId: string, request: NewOnCallShift): Promise<OnCallShift> {
    const shift = timesOf(request);
    return this.changing(actor, organisationId, async (manager, now) => {
      refuseFaults(shiftFaults(shift.startsAt, shift.endsAt, now));
      await this.refuseUnfit(manager, organisationId, shift, null);
      return this.shifts.insert(manager, organisationId, shift, { userId: actor.userId, at: now });
    });
  }

  /** A shift that has begun can only end at another time, and one that is over stays: it tells who was on call. */
  async change(actor: Actor, organisationId: string, shiftId: string, change: OnCallShiftChange): Promise<OnCallShift> {
    return this.changing(actor, organisationId, async (manager, now) => {
      const before = await this.demand(manager, organisationId, shiftId, now);
      const shift = timesOf({
        userId: change.userId ?? before.userId,
        startsAt: change.startsAt ?? before.startsAt.toISOString(),
        endsAt: change.endsAt ?? before.endsAt.toISOString(),
      });
      const hasBegun = before.startsAt <= now;
      const isMoved = shift.userId !== before.userId || shift.startsAt.getTime() !== before.startsAt.getTime();
      if (hasBegun && isMoved) throw new Problem('CONFLICT', 'This shift has begun: only its end can change.');
      const faults = shiftFaults(shift.startsAt, shift.endsAt, now);
      refuseFaults(faults.filter(({ path }) => path !== 'startsAt' || !hasBegun));
      await this.refuseUnfit(manager, organisationId, shift, shiftId);
      await this.shifts.change(manager, organisationId, shiftId, shift);
      return shiftId;
    });
  }

  /** One that has begun ends now. */
  async remove(actor: Actor, organisationId: string, shiftId: string): Promise<void> {
    await this.organisations.describe(actor, organisationId);
    await this.dataSource.transaction(async (manager) => {
      await this.shifts.hold(manager, organisationId);
      const now = this.clock.now();
      const shift = await this.demand(manager, organisationId, shiftId, now);
      if (shift.startsAt >= now) await this.shifts.remove(manager, organisationId, shiftId);
      else await this.shifts.change(manager, organisationId, shiftId, { ...shift, endsAt: now });
    });
  }

  private async changing(
    actor: Actor,
    organisationId: string,
    act: (manager: EntityManager, now: Date) => Promise<string>,
  ): Promise<OnCallShift> {
    await this.organisations.describe(actor, organisationId);
    const id = await this.dataSource.transaction(async (manager) => {
      await this.shifts.hold(manager, organisationId);
      return act(manager, this.clock.now());
    });
    const shift = await this.shifts.find(organisationId, id);
    if (!shift) throw noSuchShift();
    return toShift(shift);
  }

  private async demand(manager: EntityManager, organisationId: string, shiftId: string, now: Date): Promise<ShiftRow> {
    const shift = await this.shifts.find(organisationId, shiftId, manager);
    if (!shift) throw noSuchShift();
    if (shift.endsAt <= now) throw new Problem('CONFLICT', 'A shift that is over stays as it was.');
    return shift;
  }

  private async refuseUnfit(
    manager: EntityManager,
    organisationId: string,
    shift: ShiftTimes,
    besides: string | null,
  ): Promise<void> {
    const clinicians = await this.shifts.clinicians(organisationId, manager);
    if (!clinicians.some(({ userId }) => userId === shift.userId)) {
      throw refused({ path: 'userId', code: 'no_clinician', message: 'A clinician of this organisation.' });
    }
    if (await this.shifts.overlaps(manager, organisationId, shift, besides)) {
      throw refused({ path: 'startsAt', code: 'overlap', message: 'This person is on call then already.' });
    }
  }
}

const seconds = (at: Date): number => at.getTime() / 1000;
const iso = (at: number): string => new Date(Math.round(at * 1000)).toISOString();
const personOf = ({ userId, displayName }: { userId: string; displayName: string }) => ({ id: userId, displayName });

const timesOf = ({ userId, startsAt, endsAt }: NewOnCallShift): ShiftTimes => ({
  userId,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
});

const toShift = (row: ShiftRow): OnCallShift => ({
  id: row.id,
  person: personOf(row),
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  counts: row.counts,
  reachable: row.reachable,
});

const refused = (error: FieldError): Problem => new Problem('INVALID_INPUT', 'This shift is not possible.', [error]);
const noSuchShift = (): Problem => new Problem('NOT_FOUND', 'There is no such shift.');

function refuseFaults(faults: readonly FieldError[]): void {
  const [first] = faults;
  if (first) throw refused(first);
}
