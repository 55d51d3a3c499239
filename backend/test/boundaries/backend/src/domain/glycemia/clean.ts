export const mgdl = 100;
