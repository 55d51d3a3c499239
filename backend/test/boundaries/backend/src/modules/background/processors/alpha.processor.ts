export class AlphaProcessor {}
