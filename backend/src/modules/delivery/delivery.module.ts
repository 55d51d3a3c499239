import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { HeartbeatModule } from '../heartbeat/heartbeat.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { type Channels, CHANNELS } from './channels/channels.js';
import { EmailChannel } from './channels/email.channel.js';
import { LiveChannel } from './channels/live.channel.js';
import { Mailer } from './channels/mailer.js';
import { WebPushChannel } from './channels/web-push.channel.js';
import { WebhookChannel } from './channels/webhook.channel.js';
import { DeliveryService } from './delivery.service.js';
import { ChainsRepository } from './escalation/chains.repository.js';
import { EscalationController } from './escalation/escalation.controller.js';
import { EscalationService } from './escalation/escalation.service.js';
import { FollowersController } from './followers/followers.controller.js';
import { FollowersRepository } from './followers/followers.repository.js';
import { FollowersService } from './followers/followers.service.js';
import { OnCallController } from './on-call/on-call.controller.js';
import { OnCallService } from './on-call/on-call.service.js';
import { ShiftsRepository } from './on-call/shifts.repository.js';
import { AlertChannelsController } from './own-channels/alert-channels.controller.js';
import { AlertChannelsService } from './own-channels/alert-channels.service.js';
import { ChannelCodesRepository } from './own-channels/channel-codes.repository.js';
import { ChannelCodesService } from './own-channels/channel-codes.service.js';
import { OwnChannelsRepository } from './own-channels/own-channels.repository.js';
import { PlannerService } from './planning/planner.service.js';
import { PlansRepository } from './planning/plans.repository.js';
import { RecipientsRepository } from './planning/recipients.repository.js';
import { AttemptService } from './sending/attempt.service.js';
import { DeliveriesRepository } from './sending/deliveries.repository.js';
import { SenderService } from './sending/sender.service.js';

@Module({
  imports: [AlertsModule, HeartbeatModule, OrganisationsModule, PatientsModule],
  controllers: [AlertChannelsController, EscalationController, FollowersController, OnCallController],
  providers: [
    {
      provide: CHANNELS,
      inject: [LiveChannel, EmailChannel, WebPushChannel, WebhookChannel],
      useFactory: (
        live: LiveChannel,
        email: EmailChannel,
        push: WebPushChannel,
        webhook: WebhookChannel,
      ): Channels => ({
        live,
        email,
        'web-push': push,
        webhook,
      }),
    },
    AlertChannelsService,
    AttemptService,
    ChainsRepository,
    ChannelCodesRepository,
    ChannelCodesService,
    DeliveriesRepository,
    DeliveryService,
    EmailChannel,
    EscalationService,
    FollowersRepository,
    FollowersService,
    LiveChannel,
    Mailer,
    OnCallService,
    OwnChannelsRepository,
    PlannerService,
    PlansRepository,
    RecipientsRepository,
    SenderService,
    ShiftsRepository,
    WebPushChannel,
    WebhookChannel,
  ],
  exports: [DeliveryService],
})
export class DeliveryModule {}
