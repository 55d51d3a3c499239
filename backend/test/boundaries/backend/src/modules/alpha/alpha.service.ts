import { BetaService } from '../beta/beta.service.js';

export class AlphaService {
  constructor(readonly beta: BetaService) {}
}
