import { Injectable } from '@nestjs/common';
import { cutPage, decodeCursor, TimeKey } from '../../common/pagination.js';
import { Problem } from '../../common/problem.js';
import type { Actor } from '../auth/actor.js';
import { UsersRepository } from '../auth/users.repository.js';
import { MembershipsRepository } from './memberships.repository.js';
import type {
  Member,
  MemberChange,
  MemberPage,
  MemberRequest,
  OrganisationListQuery,
} from './organisations.schemas.js';
import { OrganisationsService } from './organisations.service.js';

/** Who works in an organisation and as what. All of it is the business of its administrators. */
@Injectable()
export class MembersService {
  constructor(
    private readonly organisations: OrganisationsService,
    private readonly memberships: MembershipsRepository,
    private readonly users: UsersRepository,
  ) {}

  async list(actor: Actor, organisationId: string, { limit, cursor }: OrganisationListQuery): Promise<MemberPage> {
    await this.organisations.requireAdministrator(actor, organisationId);
    const found = await this.memberships.membersOf(organisationId, decodeCursor(cursor, TimeKey), limit + 1);
    return cutPage(found, limit, (last) => [last.joinedAt, last.userId]);
  }

  /** Adds a role to somebody who has an account; the roles they had stay. */
  async add(actor: Actor, organisationId: string, { email, role }: MemberRequest): Promise<Member> {
    await this.organisations.requireAdministrator(actor, organisationId);
    const user = await this.users.demandByEmail(email);
    const held = await this.memberships.rolesOf(user.id, organisationId);
    await this.memberships.setRoles(organisationId, user.id, [...new Set([...held.map((one) => one.role), role])]);
    return this.member(organisationId, user.id);
  }

  async change(actor: Actor, organisationId: string, userId: string, { roles }: MemberChange): Promise<Member> {
    await this.organisations.requireAdministrator(actor, organisationId);
    await this.member(organisationId, userId);
    await this.memberships.setRoles(organisationId, userId, [...new Set(roles)]);
    return this.member(organisationId, userId);
  }

  async revoke(actor: Actor, organisationId: string, userId: string): Promise<void> {
    await this.organisations.requireAdministrator(actor, organisationId);
    await this.member(organisationId, userId);
    await this.memberships.setRoles(organisationId, userId, []);
  }

  private async member(organisationId: string, userId: string): Promise<Member> {
    const member = await this.memberships.memberOf(organisationId, userId);
    if (!member) throw new Problem('NOT_FOUND', 'This person is no member of the organisation.');
    return member;
  }
}
