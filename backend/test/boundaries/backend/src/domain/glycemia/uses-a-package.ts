// Must fail: domain-is-pure
export { z } from 'zod';
