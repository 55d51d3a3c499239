import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../auth/users.module.js';
import { MembersController } from './members.controller.js';
import { MembersService } from './members.service.js';
import { Membership } from './membership.entity.js';
import { MembershipsRepository } from './memberships.repository.js';
import { Organisation } from './organisation.entity.js';
import { OrganisationsController } from './organisations.controller.js';
import { OrganisationsService } from './organisations.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Organisation, Membership]), UsersModule],
  controllers: [OrganisationsController, MembersController],
  providers: [OrganisationsService, MembersService, MembershipsRepository],
  exports: [MembershipsRepository, OrganisationsService],
})
export class OrganisationsModule {}
