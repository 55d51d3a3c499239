export class BetaService {}
