// Must fail: module-internals
export { Beta } from '../beta/beta.entity.js';
