import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { Problem } from '../../../common/problem.js';
import type { Actor } from '../../auth/actor.js';
import { type AccessiblePatient, PatientAccessService } from '../../patients/patient-access.service.js';
import { type FollowerRow, FollowersRepository } from './followers.repository.js';
import type { AlertFollower, AlertFollowerList, FollowerId } from './followers.schemas.js';

/**
 * Who follows a patient's alerts. Following opens nothing: whether somebody may read is asked again whenever they are to
 * be told.
 */
@Injectable()
export class FollowersService {
  constructor(
    private readonly followers: FollowersRepository,
    private readonly access: PatientAccessService,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, { id }: AccessiblePatient): Promise<AlertFollowerList> {
    const mayChangeOthers = await this.access.may(actor, id, 'write');
    const people = await this.followers.people(id, this.clock.now());
    const shown = people.filter((one) => mayChangeOthers || one.since !== null || one.userId === actor.userId);
    return { items: shown.map(toFollower), mayChangeOthers };
  }

  async add(actor: Actor, { id }: AccessiblePatient, named: FollowerId): Promise<AlertFollower> {
    const userId = await this.mayName(actor, id, named);
    const now = this.clock.now();
    const person = await this.followers.person(id, userId, now);
    // The same for somebody who does not exist: nobody is looked up here.
    if (!person || person.relation === 'none') throw mayNotRead();
    await this.followers.add(id, userId, { userId: actor.userId, at: now });
    return toFollower((await this.followers.person(id, userId, now)) ?? person);
  }

  /** A second time changes nothing. */
  async remove(actor: Actor, { id }: AccessiblePatient, named: FollowerId): Promise<void> {
    await this.followers.remove(id, await this.mayName(actor, id, named));
  }

  /** Oneself, or others by whoever may write the record. */
  private async mayName(actor: Actor, patientId: string, named: FollowerId): Promise<string> {
    const userId = named === 'me' ? actor.userId : named;
    if (userId === actor.userId || (await this.access.may(actor, patientId, 'write'))) return userId;
    throw new Problem('FORBIDDEN');
  }
}

const mayNotRead = (): Problem =>
  new Problem('INVALID_INPUT', 'Only somebody who may read the record can follow it.', [
    {
      path: 'userId',
      code: 'may_not_read',
      message: 'Give this person access first. The person of the record is told anyway.',
    },
  ]);

const toFollower = (row: FollowerRow): AlertFollower => ({
  person: { id: row.userId, displayName: row.displayName },
  relation: row.relation,
  follows: row.since !== null,
  since: row.since?.toISOString() ?? null,
  addedBy: row.addedBy === null ? null : { id: row.addedBy, displayName: row.addedByName ?? '' },
  reachable: row.reachable,
});
