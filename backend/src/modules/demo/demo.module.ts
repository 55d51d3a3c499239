import { Module } from '@nestjs/common';
import { UsersModule } from '../auth/users.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { RecordsModule } from '../records/records.module.js';
import { DemoAccountsService } from './demo-accounts.service.js';
import { DemoFeedService } from './demo-feed.service.js';
import { DemoSeedService } from './demo-seed.service.js';
import { DemoSimulationsRepository } from './demo-simulations.repository.js';
import { DemoUploadService } from './demo-upload.service.js';

@Module({
  imports: [UsersModule, OrganisationsModule, PatientsModule, ReadingsModule, RecordsModule],
  providers: [DemoAccountsService, DemoSeedService, DemoFeedService, DemoSimulationsRepository, DemoUploadService],
  exports: [DemoSeedService, DemoFeedService],
})
export class DemoModule {}
