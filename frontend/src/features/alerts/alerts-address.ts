import type { AlertInbox } from '@/api/types';

export type InboxState = 'open' | 'all';

export interface InboxAddress {
  state: InboxState;
  patientId: string | null;
  cursor: string | null;
}

type Value = string | string[] | undefined;

const text = (value: Value): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function parseInboxAddress(values: Record<string, Value>): InboxAddress {
  return {
    state: values['state'] === 'all' ? 'all' : 'open',
    patientId: text(values['patient']),
    cursor: text(values['cursor']),
  };
}

/** The inbox's address for a choice; what is not chosen is left out. */
export function inboxAddress({ state, patientId, cursor }: Partial<InboxAddress>): string {
  const search = new URLSearchParams();
  if (state === 'all') search.set('state', state);
  if (patientId) search.set('patient', patientId);
  if (cursor) search.set('cursor', cursor);
  return search.size ? `/alerts?${search}` : '/alerts';
}

export const INBOX_PAGE = 100;

/** Where the browser asks for the list that an address stands for. */
export function inboxRequest({ state, patientId, cursor }: InboxAddress): string {
  const search = new URLSearchParams({ state, limit: String(INBOX_PAGE) });
  if (patientId) search.set('patientId', patientId);
  if (cursor) search.set('cursor', cursor);
  return `/api/v1/alerts?${search}`;
}

export type InboxAnswer = Pick<AlertInbox, 'items' | 'counts'>;
