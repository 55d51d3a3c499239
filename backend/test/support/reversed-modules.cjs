/** The application with its modules listed the other way round: required before the backend's own entry. */
require('reflect-metadata');
require('./postgres-typescript.cjs');
const { AppModule } = require('../../src/app.module.ts');

const forRoot = AppModule.forRoot.bind(AppModule);
AppModule.forRoot = (environment) => {
  const described = forRoot(environment);
  return { ...described, imports: [...described.imports].reverse() };
};
