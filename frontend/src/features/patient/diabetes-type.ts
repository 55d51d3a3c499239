import type { getTranslations } from 'next-intl/server';

type TypeTexts = Awaited<ReturnType<typeof getTranslations<'diabetesTypes'>>>;

/** A type this catalogue does not know is shown as the API sent it. */
export function diabetesTypeName(type: string | null, t: TypeTexts): string | null {
  switch (type) {
    case 'type1':
    case 'type2':
    case 'prediabetes':
    case 'gestational':
    case 'other':
      return t(type);
    default:
      return type;
  }
}
