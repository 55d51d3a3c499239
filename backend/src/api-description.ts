import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SERVICE_VERSION } from './common/service.js';

/** The API as an OpenAPI document: made from the routes and their schemas, never written by hand. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('GlucoLens')
    .setDescription('Continuous glucose monitoring: readings, records, imports, glycemic metrics and patients.')
    .setVersion(SERVICE_VERSION)
    .addBearerAuth()
    .build();
  const description = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_controller, method) => method,
  });
  admitNull(description);
  return description;
}

/** OpenAPI 3.0 takes a nullable choice to be without null unless null stands among its values. */
function admitNull(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if ('nullable' in node && 'enum' in node && Array.isArray(node.enum) && !node.enum.includes(null)) {
    node.enum.push(null);
  }
  Object.values(node).forEach(admitNull);
}

/** Serves the document and its viewer under `/api/docs`. */
export const serveApiDescription = (app: NestFastifyApplication): void =>
  SwaggerModule.setup('api/docs', app, () => describeApi(app));
