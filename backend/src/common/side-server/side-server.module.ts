import { Global, Module } from '@nestjs/common';
import { SideServer } from './side-server.js';

@Global()
@Module({ providers: [SideServer], exports: [SideServer] })
export class SideServerModule {}
