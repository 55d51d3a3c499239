import { everyRuntime, instructions, withoutInstruction } from '../../dockerfile-parts.mjs';

const LABELS = ['source', 'revision', 'licenses', 'title'].map((name) => `org.opencontainers.image.${name}=`);

export const rule = {
  name: 'described-image',
  why: 'whoever finds the image should find its source, its commit and its licence',
  check: (documents) =>
    everyRuntime(
      documents,
      (stage) => {
        const text = instructions(stage, 'LABEL')
          .map(({ argument }) => argument)
          .join(' ');
        const told = instructions(stage, 'ENV').some(({ argument }) => /\bREVISION=\$\{?REVISION/.test(argument));
        return LABELS.every((label) => text.includes(label)) && told;
      },
      'lacks a label, or does not hand REVISION to the process',
    ),
  mutate: (documents) => withoutInstruction(documents, 'LABEL'),
};
