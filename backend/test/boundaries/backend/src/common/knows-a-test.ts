// Must fail: product-knows-no-test
export { factory } from '../../test/factory.js';
