import { Controller, Get, Header, Headers, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiProduces, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RouteLimits } from '../../common/http/route-limits.js';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { LiveService } from './live.service.js';

@ApiTags('live')
@ApiBearerAuth()
@Controller('live')
export class LiveController {
  constructor(private readonly live: LiveService) {}

  /** Events of every patient whom the caller may read, as they happen. */
  @Get()
  @RouteLimits({ time: 'unlimited' })
  @Header('cache-control', 'no-cache, no-transform')
  @Header('x-accel-buffering', 'no')
  @ApiHeader({ name: 'last-event-id', required: false, description: 'Goes on after this event.' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Server-sent events that do not end.', schema: { type: 'string' } })
  async streamLive(
    @CurrentActor() actor: Actor,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.live.open(actor, lastEventId, request.id), { type: 'text/event-stream' });
  }
}
