import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { LimitPerHour } from '../../../common/http/hourly-limit.js';
import { type Actor, CurrentActor } from '../../auth/actor.js';
import { WebPushChannel } from '../channels/web-push.channel.js';
import {
  AlertChannel,
  AlertChannelChange,
  AlertChannelList,
  ChannelCode,
  ChannelSecret,
  ChannelTest,
  CreatedAlertChannel,
  NewAlertChannel,
  VapidKey,
} from './alert-channels.schemas.js';
import { AlertChannelsService } from './alert-channels.service.js';

/** Tests tell whether an address answers: enough to set a channel up, too few to look around with. */
const TESTS_PER_HOUR = 20;

const ChannelId = { schema: z.uuid() };

@ApiTags('alert channels')
@ApiBearerAuth()
@Controller('alert-channels')
export class AlertChannelsController {
  constructor(
    private readonly channels: AlertChannelsService,
    private readonly webPush: WebPushChannel,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: AlertChannelList })
  listAlertChannels(@CurrentActor() actor: Actor): Promise<AlertChannelList> {
    return this.channels.list(actor);
  }

  @Get('vapid-key')
  @ApiOkResponse({ standardSchema: VapidKey })
  getVapidKey(): VapidKey {
    return { publicKey: this.webPush.publicKey };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: CreatedAlertChannel })
  createAlertChannel(
    @CurrentActor() actor: Actor,
    @Body({ schema: NewAlertChannel }) body: NewAlertChannel,
  ): Promise<CreatedAlertChannel> {
    return this.channels.create(actor, body);
  }

  @Patch(':channelId')
  @ApiOkResponse({ standardSchema: AlertChannel })
  changeAlertChannel(
    @CurrentActor() actor: Actor,
    @Param('channelId', ChannelId) channelId: string,
    @Body({ schema: AlertChannelChange }) body: AlertChannelChange,
  ): Promise<AlertChannel> {
    return this.channels.change(actor, channelId, body);
  }

  @Delete(':channelId')
  @HttpCode(204)
  @ApiNoContentResponse()
  removeAlertChannel(@CurrentActor() actor: Actor, @Param('channelId', ChannelId) channelId: string): Promise<void> {
    return this.channels.remove(actor, channelId);
  }

  @Post(':channelId/verify')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlertChannel })
  verifyAlertChannel(
    @CurrentActor() actor: Actor,
    @Param('channelId', ChannelId) channelId: string,
    @Body({ schema: ChannelCode }) { code }: ChannelCode,
  ): Promise<AlertChannel> {
    return this.channels.verify(actor, channelId, code);
  }

  @Post(':channelId/code')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlertChannel })
  sendAlertChannelCode(
    @CurrentActor() actor: Actor,
    @Param('channelId', ChannelId) channelId: string,
  ): Promise<AlertChannel> {
    return this.channels.sendCode(actor, channelId);
  }

  @Post(':channelId/test')
  @HttpCode(200)
  @LimitPerHour(TESTS_PER_HOUR, 'Too many tests were sent. Try again later.')
  @ApiOkResponse({ standardSchema: ChannelTest })
  testAlertChannel(
    @CurrentActor() actor: Actor,
    @Param('channelId', ChannelId) channelId: string,
  ): Promise<ChannelTest> {
    return this.channels.test(actor, channelId);
  }

  @Get(':channelId/secret')
  @ApiOkResponse({ standardSchema: ChannelSecret })
  async getAlertChannelSecret(
    @CurrentActor() actor: Actor,
    @Param('channelId', ChannelId) channelId: string,
  ): Promise<ChannelSecret> {
    return { secret: await this.channels.secret(actor, channelId) };
  }
}
