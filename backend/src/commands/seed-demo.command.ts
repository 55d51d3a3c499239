import { DemoModule } from '../modules/demo/demo.module.js';
import { DemoSeedService } from '../modules/demo/demo-seed.service.js';
import { type Command, readArguments } from './command.js';
import { withServices } from './with-services.js';

export const seedDemoCommand: Command = {
  usage: '',
  summary: 'fill the demo clinic: thirty simulated patients with ninety days each',
  async run(args, context) {
    readArguments(args, []);
    return withServices(context, (app) =>
      app
        .select(DemoModule)
        .get(DemoSeedService)
        .seed({ onProgress: (message) => process.stderr.write(`${message}\n`) }),
    );
  },
};
