// Must fail: backend-knows-no-web
export { page } from '../../../frontend/src/clean.js';
