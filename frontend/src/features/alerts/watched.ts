/** What every page asks for, from the server and from the browser. */
export const WATCHED = { state: 'unacknowledged', limit: 30 } as const;
