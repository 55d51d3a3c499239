const formats = new Map<string, Intl.NumberFormat>();

/** Making a formatter costs more than a hundred uses of it, and a page writes a thousand numbers. */
export function fixedDecimals(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  });
  formats.set(key, made);
  return made;
}
