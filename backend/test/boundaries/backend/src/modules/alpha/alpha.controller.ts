// Must fail: controllers-hold-no-data-access
export { AlphaRepository } from './alpha.repository.js';
