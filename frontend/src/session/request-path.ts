/** Server components are not told their own address; `proxy.ts` sets it on the request, so that sign-in leads back. */
export const REQUEST_PATH_HEADER = 'x-glucolens-path';
