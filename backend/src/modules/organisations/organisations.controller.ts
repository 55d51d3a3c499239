import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { Organisation, OrganisationListQuery, OrganisationPage, OrganisationRequest } from './organisations.schemas.js';
import { OrganisationsService } from './organisations.service.js';

@ApiTags('organisations')
@ApiBearerAuth()
@Controller('organisations')
export class OrganisationsController {
  constructor(private readonly organisations: OrganisationsService) {}

  @Post()
  @ApiCreatedResponse({ standardSchema: Organisation })
  createOrganisation(
    @CurrentActor() actor: Actor,
    @Body({ schema: OrganisationRequest }) body: OrganisationRequest,
  ): Promise<Organisation> {
    return this.organisations.create(actor, body.name);
  }

  @Get()
  @ApiOkResponse({ standardSchema: OrganisationPage })
  listOrganisations(
    @CurrentActor() actor: Actor,
    @Query({ schema: OrganisationListQuery }) query: OrganisationListQuery,
  ): Promise<OrganisationPage> {
    return this.organisations.list(actor, query);
  }

  @Get(':organisationId')
  @ApiOkResponse({ standardSchema: Organisation })
  getOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
  ): Promise<Organisation> {
    return this.organisations.describe(actor, organisationId);
  }

  @Patch(':organisationId')
  @ApiOkResponse({ standardSchema: Organisation })
  changeOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
    @Body({ schema: OrganisationRequest }) body: OrganisationRequest,
  ): Promise<Organisation> {
    return this.organisations.rename(actor, organisationId, body.name);
  }

  @Delete(':organisationId')
  @HttpCode(204)
  @ApiNoContentResponse()
  archiveOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
  ): Promise<void> {
    return this.organisations.archive(actor, organisationId);
  }
}
