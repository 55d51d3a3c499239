import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { InvitationListQuery, InvitationPage, InvitationRequest, NewInvitation } from './invitations.schemas.js';
import { InvitationsService } from './invitations.service.js';
import { AccessiblePatient, PatientAccess } from './patient-access.guard.js';
import type { AccessiblePatient as Accessible } from './patient-access.service.js';

/** What the clinic does: invites the person a record is about. */
@ApiTags('invitations')
@ApiBearerAuth()
@PatientAccess('manage')
@Controller('patients/:patientId/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Post()
  @ApiCreatedResponse({ standardSchema: NewInvitation })
  createInvitation(
    @CurrentActor() actor: Actor,
    @AccessiblePatient() patient: Accessible,
    @Body({ schema: InvitationRequest }) body: InvitationRequest,
  ): Promise<NewInvitation> {
    return this.invitations.create(actor, patient.id, body.email);
  }

  @Get()
  @ApiOkResponse({ standardSchema: InvitationPage })
  listInvitations(
    @AccessiblePatient() patient: Accessible,
    @Query({ schema: InvitationListQuery }) query: InvitationListQuery,
  ): Promise<InvitationPage> {
    return this.invitations.list(patient.id, query);
  }

  @Delete(':invitationId')
  @HttpCode(204)
  @ApiNoContentResponse()
  withdrawInvitation(
    @AccessiblePatient() patient: Accessible,
    @Param('invitationId', { schema: z.uuid() }) invitationId: string,
  ): Promise<void> {
    return this.invitations.withdraw(patient.id, invitationId);
  }
}
