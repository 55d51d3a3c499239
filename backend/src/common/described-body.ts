import type { ZodType } from 'zod';

/**
 * A body that the API description shows as `schema` and that reaches the controller as it came: for requests whose rows
 * are judged one by one, so that a bad row does not refuse its neighbours.
 */
export const describedBody = (schema: ZodType) => ({
  '~standard': {
    version: 1 as const,
    vendor: 'glucolens',
    validate: (value: unknown) => ({ value }),
    jsonSchema: schema['~standard'].jsonSchema,
  },
});
