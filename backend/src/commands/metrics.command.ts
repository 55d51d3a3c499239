import { readFile } from 'node:fs/promises';
import { igluFormat } from '../domain/glycemia/iglu/iglu-format.js';
import { parsePlainSeries } from '../domain/glycemia/plain-format.js';
import type { GlucoseSeries } from '../domain/glycemia/series.js';
import { glucoseReport } from '../domain/glycemia/report.js';
import { TARGET_PRESETS, type TargetPreset } from '../domain/glycemia/targets.js';
import type { DateOrder } from '../domain/import/device-time.js';
import { isTimeZone } from '../domain/time/zone.js';
import { alwaysIn } from '../domain/time/zone-history.js';
import { type VendorFile, readVendorFile } from '../modules/imports/vendor-file.js';
import { vendorSeries } from '../modules/imports/vendor-series.js';
import { type Command, fileArgument, readArguments, UsageError } from './command.js';
import { periodOfSeries } from './series-period.js';

const PLAIN_HEADER = /^\uFEFF?"?id"?,/i;

interface MetricsOptions {
  readonly zone: string;
  readonly preset: TargetPreset;
  readonly days: number | null;
}

/** A vendor export, or `id,time,gl[,epoch]`, where `epoch` in seconds wins over `time`, a wall clock in the zone. */
export const metricsCommand: Command = {
  usage: 'FILE --tz ZONE [--format iglu] [--days N] [--preset PRESET] [--date-order DMY|MDY]',
  summary: 'glycemic metrics of a vendor export or of a plain id,time,gl[,epoch] file',
  async run(args, context) {
    const { positionals, options } = readArguments(args, ['FILE'], ['tz', 'format', 'days', 'preset', 'date-order']);
    const path = fileArgument(context, positionals[0] ?? '');
    const settings = {
      zone: zoneOption(options['tz']),
      preset: presetOption(options['preset']),
      days: daysOption(options['days']),
    };
    const dateOrder = dateOrderOption(options['date-order']);
    const text = await readFile(path, 'utf8');
    const isPlain = PLAIN_HEADER.test(text);
    if (options['format'] !== undefined) {
      if (options['format'] !== 'iglu') throw new UsageError('the only other format is iglu');
      if (!isPlain) throw new UsageError('--format iglu reads id,time,gl[,epoch]');
      return igluFormat(text, settings.zone);
    }
    if (isPlain) return plainReport(text, settings);
    return vendorReport(await readVendorFile(path, { zone: settings.zone, ...dateOrder }), settings);
  },
};

function vendorReport(file: VendorFile, settings: MetricsOptions): unknown {
  if (file.status === 'refused') throw new Error(`${file.refusal.code}: ${file.refusal.message}`);
  if (file.status === 'needs-date-order') {
    throw new Error(`Day and month cannot be told apart (${file.samples.join(', ')}). Say --date-order DMY or MDY.`);
  }
  const { format, readings, errors } = file;
  const series = vendorSeries(readings, alwaysIn(settings.zone));
  return {
    source: { format, readings: readings.length, canonical: series.instants.length, rejected: errors.length, errors },
    ...reportOf(series, settings),
  };
}

function plainReport(text: string, settings: MetricsOptions): unknown {
  const { series, errors } = parsePlainSeries(text, settings.zone);
  return {
    errors,
    subjects: series.map(({ series: own, ...subject }) => ({ ...subject, ...reportOf(own, settings) })),
  };
}

const reportOf = (series: GlucoseSeries, { zone, preset, days }: MetricsOptions) =>
  glucoseReport(series, { ...periodOfSeries(series, zone, days), preset });

function zoneOption(zone: string | undefined): string {
  if (zone === undefined) throw new UsageError('--tz is missing: the zone of the clock in the file');
  if (!isTimeZone(zone)) throw new UsageError(`${zone} is not a time zone`);
  return zone;
}

function presetOption(preset = 'adult'): TargetPreset {
  const known = TARGET_PRESETS.find((name) => name === preset);
  if (!known) throw new UsageError(`--preset is one of ${TARGET_PRESETS.join(', ')}`);
  return known;
}

function daysOption(days: string | undefined): number | null {
  if (days === undefined) return null;
  if (!/^[1-9]\d{0,2}$/.test(days)) throw new UsageError('--days is a whole number from 1 to 999');
  return Number(days);
}

function dateOrderOption(order: string | undefined): { dateOrder?: DateOrder } {
  if (order === undefined) return {};
  if (order !== 'DMY' && order !== 'MDY') throw new UsageError('--date-order is DMY or MDY');
  return { dateOrder: order };
}
