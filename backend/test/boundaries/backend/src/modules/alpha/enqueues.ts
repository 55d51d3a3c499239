export { JobsService } from '../background/queue/jobs.service.js';
