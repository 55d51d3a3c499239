import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { LimitAccountLookups } from '../../common/http/account-lookup-limit.js';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { MembersService } from './members.service.js';
import { Member, MemberChange, MemberPage, MemberRequest, OrganisationListQuery } from './organisations.schemas.js';

@ApiTags('organisations')
@ApiBearerAuth()
@Controller('organisations/:organisationId/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Post()
  @LimitAccountLookups()
  @ApiCreatedResponse({ standardSchema: Member })
  addMember(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
    @Body({ schema: MemberRequest }) body: MemberRequest,
  ): Promise<Member> {
    return this.members.add(actor, organisationId, body);
  }

  @Get()
  @ApiOkResponse({ standardSchema: MemberPage })
  listMembers(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
    @Query({ schema: OrganisationListQuery }) query: OrganisationListQuery,
  ): Promise<MemberPage> {
    return this.members.list(actor, organisationId, query);
  }

  @Patch(':userId')
  @ApiOkResponse({ standardSchema: Member })
  changeMember(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
    @Param('userId', { schema: z.uuid() }) userId: string,
    @Body({ schema: MemberChange }) body: MemberChange,
  ): Promise<Member> {
    return this.members.change(actor, organisationId, userId, body);
  }

  @Delete(':userId')
  @HttpCode(204)
  @ApiNoContentResponse()
  revokeMember(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
    @Param('userId', { schema: z.uuid() }) userId: string,
  ): Promise<void> {
    return this.members.revoke(actor, organisationId, userId);
  }
}
