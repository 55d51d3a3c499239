export const SERVICE_NAME = 'glucolens-backend';
export const SERVICE_VERSION = '0.1.0';
