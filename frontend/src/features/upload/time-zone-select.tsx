import { timeZonesWith } from './time-zones';

export function TimeZoneSelect({ name, current }: { name: string; current: string }) {
  return (
    <select name={name} defaultValue={current} className="field text-sm font-normal">
      {timeZonesWith(current).map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </select>
  );
}
