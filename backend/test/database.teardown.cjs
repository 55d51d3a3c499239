const { asAdmin } = require('./database.setup.cjs');

module.exports = async function tearDownDatabase() {
  const database = globalThis.testDatabase;
  if (!database) return;
  delete globalThis.testDatabase;
  if (database.server) return database.server.stop();
  for (const name of database.names) await asAdmin(database.adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
};
