// Must fail: web-knows-no-backend
export { mgdl } from '../../backend/src/domain/glycemia/clean.js';
