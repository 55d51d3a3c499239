import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../common/problem.js';
import { toFieldError } from '../../common/validation.pipe.js';
import { UploadFields } from './imports.schemas.js';

/** Some ten years of readings at five minutes. */
export const MAX_UPLOAD_BYTES = 128 * 1024 * 1024;

/** No upload takes as long. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Removes what a process that was killed in the middle of an upload left behind: a person's data, owned by nobody. */
export async function removeAbandonedUploads(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const modified = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (modified < now.getTime() - ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}

/** A file as it was received, on this machine's disk until `withUpload` returns. */
export interface Upload {
  readonly path: string;
  readonly sha256: Buffer;
  readonly byteSize: number;
  readonly fields: UploadFields;
}

/** Streams the one file of a multipart request to `folder`, hands it on and removes it, whatever happens. */
export async function withUpload<T>(
  request: FastifyRequest,
  folder: string,
  work: (upload: Upload) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart())
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send multipart/form-data with a part "file".');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  try {
    return await work({ path, ...(await receive(request, path)) });
  } finally {
    await rm(path, { force: true });
  }
}

async function receive(request: FastifyRequest, path: string): Promise<Omit<Upload, 'path'>> {
  const fields: Record<string, unknown> = {};
  let file: { sha256: Buffer; byteSize: number } | null = null;
  const limits = { files: 1, fields: 10, fieldSize: 200, fileSize: MAX_UPLOAD_BYTES };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') file = await store(part, path);
    else if (part.value !== '') fields[part.fieldname] = part.value;
  }
  const parsed = UploadFields.safeParse(fields);
  const faults = parsed.success ? [] : parsed.error.issues.map(toFieldError);
  if (!file) faults.push({ path: 'file', code: 'required', message: 'is missing' });
  if (!parsed.success || !file) throw new Problem('INVALID_INPUT', 'Some fields are missing or not valid.', faults);
  return { ...file, fields: parsed.data };
}

async function store(part: Extract<Multipart, { type: 'file' }>, path: string) {
  const hash = createHash('sha256');
  let byteSize = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      byteSize += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(part.file, meter, createWriteStream(path, { mode: 0o600 }));
  if (part.file.truncated) {
    throw new Problem('PAYLOAD_TOO_LARGE', `A file may have up to ${MAX_UPLOAD_BYTES / 1024 / 1024} MB.`);
  }
  return { sha256: hash.digest(), byteSize };
}
