import { Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../auth/actor.js';
import { AccessiblePatient, PatientAccess } from '../../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../../patients/patient-access.service.js';
import { AlertFollower, AlertFollowerList, FollowerId } from './followers.schemas.js';
import { FollowersService } from './followers.service.js';

const ApiFollowerId = () =>
  ApiParam({ name: 'userId', description: 'A person, or `me` for the caller.', schema: { type: 'string' } });

@ApiTags('alert delivery')
@ApiBearerAuth()
@PatientAccess('read')
@Controller('patients/:patientId/followers')
export class FollowersController {
  constructor(private readonly followers: FollowersService) {}

  @Get()
  @ApiOkResponse({ standardSchema: AlertFollowerList })
  listFollowers(@CurrentActor() actor: Actor, @AccessiblePatient() patient: Patient): Promise<AlertFollowerList> {
    return this.followers.list(actor, patient);
  }

  @Put(':userId')
  @ApiFollowerId()
  @ApiOkResponse({ standardSchema: AlertFollower })
  addFollower(
    @CurrentActor() actor: Actor,
    @AccessiblePatient() patient: Patient,
    @Param('userId', { schema: FollowerId }) userId: FollowerId,
  ): Promise<AlertFollower> {
    return this.followers.add(actor, patient, userId);
  }

  @Delete(':userId')
  @HttpCode(204)
  @ApiFollowerId()
  @ApiNoContentResponse()
  removeFollower(
    @CurrentActor() actor: Actor,
    @AccessiblePatient() patient: Patient,
    @Param('userId', { schema: FollowerId }) userId: FollowerId,
  ): Promise<void> {
    return this.followers.remove(actor, patient, userId);
  }
}
