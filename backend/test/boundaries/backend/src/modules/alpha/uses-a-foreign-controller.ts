// Must fail: module-internals
export { BetaController } from '../beta/beta.controller.js';
