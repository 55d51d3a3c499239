/** Every zone this runtime knows, the given one among them even when it goes by an older name. */
export function timeZonesWith(current: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), current])].sort((a, b) => a.localeCompare(b, 'en'));
}
