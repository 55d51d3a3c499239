import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { type Actor, CurrentActor } from '../../auth/actor.js';
import { NewOnCallShift, OnCallQuery, OnCallRota, OnCallShift, OnCallShiftChange } from './on-call.schemas.js';
import { OnCallService } from './on-call.service.js';

const Id = { schema: z.uuid() };

@ApiTags('alert delivery')
@ApiBearerAuth()
@Controller('organisations/:organisationId/on-call')
export class OnCallController {
  constructor(private readonly onCall: OnCallService) {}

  @Get()
  @ApiOkResponse({ standardSchema: OnCallRota })
  getOnCallRota(
    @CurrentActor() actor: Actor,
    @Param('organisationId', Id) organisationId: string,
    @Query({ schema: OnCallQuery }) query: OnCallQuery,
  ): Promise<OnCallRota> {
    return this.onCall.rota(actor, organisationId, query);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: OnCallShift })
  addOnCallShift(
    @CurrentActor() actor: Actor,
    @Param('organisationId', Id) organisationId: string,
    @Body({ schema: NewOnCallShift }) body: NewOnCallShift,
  ): Promise<OnCallShift> {
    return this.onCall.add(actor, organisationId, body);
  }

  @Patch(':shiftId')
  @ApiOkResponse({ standardSchema: OnCallShift })
  changeOnCallShift(
    @CurrentActor() actor: Actor,
    @Param('organisationId', Id) organisationId: string,
    @Param('shiftId', Id) shiftId: string,
    @Body({ schema: OnCallShiftChange }) body: OnCallShiftChange,
  ): Promise<OnCallShift> {
    return this.onCall.change(actor, organisationId, shiftId, body);
  }

  @Delete(':shiftId')
  @HttpCode(204)
  @ApiNoContentResponse()
  removeOnCallShift(
    @CurrentActor() actor: Actor,
    @Param('organisationId', Id) organisationId: string,
    @Param('shiftId', Id) shiftId: string,
  ): Promise<void> {
    return this.onCall.remove(actor, organisationId, shiftId);
  }
}
