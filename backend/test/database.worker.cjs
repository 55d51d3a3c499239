/** Tests find the database of their worker in DATABASE_URL. */
const url = new URL(process.env.DATABASE_URL);
url.pathname += `_${process.env.JEST_WORKER_ID}`;
process.env.DATABASE_URL = url.href;
