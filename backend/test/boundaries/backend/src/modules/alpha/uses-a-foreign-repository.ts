// Must fail: module-exports
export { BetaRepository } from '../beta/beta.repository.js';
