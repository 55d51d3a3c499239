export const clean = true;
