import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { ClaimsService } from './claims.service.js';
import { InvitationAcceptance, InvitationListQuery, ReceivedInvitationPage } from './invitations.schemas.js';
import { InvitationsService } from './invitations.service.js';
import { Patient } from './patients.schemas.js';
import { PatientsService } from './patients.service.js';

const InvitationId = z.uuid();

/** What the invited person does: looks, accepts, declines, and leaves again. */
@ApiTags('invitations')
@ApiBearerAuth()
@Controller()
export class ClaimsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly claims: ClaimsService,
    private readonly patients: PatientsService,
  ) {}

  @Get('invitations')
  @ApiOkResponse({ standardSchema: ReceivedInvitationPage })
  listReceivedInvitations(
    @CurrentActor() actor: Actor,
    @Query({ schema: InvitationListQuery }) query: InvitationListQuery,
  ): Promise<ReceivedInvitationPage> {
    return this.invitations.received(actor.userId, query);
  }

  @Post('invitations/:invitationId/accept')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Patient })
  async acceptInvitation(
    @CurrentActor() actor: Actor,
    @Param('invitationId', { schema: InvitationId }) invitationId: string,
    @Body({ schema: InvitationAcceptance }) body: InvitationAcceptance,
  ): Promise<Patient> {
    return this.patients.describe(await this.claims.accept(actor, invitationId, body.code));
  }

  @Post('invitations/:invitationId/decline')
  @HttpCode(204)
  @ApiNoContentResponse()
  declineInvitation(
    @CurrentActor() actor: Actor,
    @Param('invitationId', { schema: InvitationId }) invitationId: string,
  ): Promise<void> {
    return this.claims.decline(actor, invitationId);
  }

  @Delete('patients/me/claim')
  @HttpCode(204)
  @ApiNoContentResponse()
  leaveRecord(@CurrentActor() actor: Actor): Promise<void> {
    return this.claims.leave(actor);
  }
}
