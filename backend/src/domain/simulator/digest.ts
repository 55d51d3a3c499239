import type { Output } from './events.js';

/** FNV-1a over every reading and dose: equal digests mean equal histories. */
export function digest({ readings, doses, artefacts }: Output): string {
  let hash = 0x811c9dc5;
  const eat = (value: number) => {
    for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((value >>> shift) & 255), 0x01000193);
  };
  for (const { instant, tenths, flags } of readings) [instant, tenths, flags].forEach(eat);
  for (const { instant, units } of doses) [instant, Math.round(units * 100)].forEach(eat);
  for (const { from, until } of artefacts) [from, until].forEach(eat);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
