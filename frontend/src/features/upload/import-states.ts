import type { ImportReport } from '@/api/types';

export const isUnderWay = (status: ImportReport['status']): boolean => status === 'queued' || status === 'running';
