// Must fail: features-enqueue-only
export { AlphaProcessor } from '../background/processors/alpha.processor.js';
