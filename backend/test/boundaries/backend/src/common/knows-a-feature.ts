// Must fail: common-knows-no-feature
export { AlphaService } from '../modules/alpha/alpha.service.js';
