// Must fail: domain-is-pure
export { clean } from '../../common/clean.js';
