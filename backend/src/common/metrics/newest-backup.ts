import { readdir } from 'node:fs/promises';

/** A backup gets this name once it is complete. */
const BACKUP = /^glucolens-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.(?:dump|sql\.gz)(?:\.age)?$/;

/** When the newest backup of a folder was begun, in seconds since the epoch; 0 where there is none. */
export async function readNewestBackup(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const times = names
    .filter((name) => BACKUP.test(name))
    .map((name) => Date.parse(name.replace(BACKUP, '$1-$2-$3T$4:$5:$6Z')) / 1_000);
  return Math.max(0, ...times);
}
