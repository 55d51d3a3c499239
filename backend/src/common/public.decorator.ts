import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'glucolens:public';

/** Marks a route that needs no login. Everything else does. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
