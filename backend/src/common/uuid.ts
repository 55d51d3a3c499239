const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all: PostgreSQL refuses to compare anything else with one. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Every id lies after this one: where a walk through all of them begins. */
export const FIRST_UUID = '00000000-0000-0000-0000-000000000000';
