import { runtimeOf } from '../../dockerfile-parts.mjs';

const SECRET = /(SECRET|PASSWORD|TOKEN|PRIVATE|CREDENTIAL|API_KEY|DATABASE_URL|REDIS_URL|SMTP_URL)/i;

export const rule = {
  name: 'no-secret-in-layers',
  why: 'ARG and ENV stay readable in the history of the image',
  check: (documents) =>
    documents.flatMap(({ path, data }) =>
      data.stages
        .flatMap((stage) => stage.instructions)
        .filter(({ keyword, argument }) => (keyword === 'ARG' || keyword === 'ENV') && SECRET.test(argument))
        .map(({ line, argument }) => `${path}:${line} names ${argument.split('=')[0]}`),
    ),
  mutate(documents) {
    runtimeOf(documents[0]).instructions.push({ keyword: 'ENV', argument: 'SECRET_KEY=x', json: null, line: 1 });
    return documents;
  },
};
