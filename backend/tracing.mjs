/**
 * Traces for OpenTelemetry, loaded before the backend: `node --import ./backend/tracing.mjs backend/dist/main.js`.
 * Does nothing unless OTEL_EXPORTER_OTLP_ENDPOINT is set. The packages are not part of the installation; without them
 * the backend runs on, untraced. Why: docs/decisions/tracing-is-optional.md
 */
const PACKAGES = [
  '@opentelemetry/sdk-node',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/exporter-trace-otlp-proto',
  '@opentelemetry/instrumentation-http',
  '@opentelemetry/instrumentation-pg',
];

/** What a span may say. Addresses, queries and messages of errors can hold names and health data. */
const KEPT = new Set([
  'http.request.method',
  'http.method',
  'http.route',
  'http.response.status_code',
  'http.status_code',
  'db.system',
  'db.system.name',
  'db.operation.name',
  'error.type',
]);

/** Strips each span before it is exported. */
class ValueFree {
  onStart() {}

  onEnd(span) {
    for (const name of Object.keys(span.attributes)) if (!KEPT.has(name)) delete span.attributes[name];
    span.events.length = 0;
    delete span.status.message;
  }

  async forceFlush() {}

  async shutdown() {}
}

async function start() {
  let modules;
  try {
    modules = await Promise.all(PACKAGES.map((name) => import(name)));
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write(
      `OTEL_EXPORTER_OTLP_ENDPOINT is set, but tracing is not installed: npm install --no-save ${PACKAGES.join(' ')}\n`,
    );
    return;
  }
  const [{ NodeSDK }, { BatchSpanProcessor }, { OTLPTraceExporter }, { HttpInstrumentation }, { PgInstrumentation }] =
    modules;
  const sdk = new NodeSDK({
    serviceName: process.env.OTEL_SERVICE_NAME || `glucolens-${process.env.PROCESS_ROLE || 'all'}`,
    autoDetectResources: false,
    spanProcessors: [new ValueFree(), new BatchSpanProcessor(new OTLPTraceExporter())],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url = '' }) => url.startsWith('/health') || url.startsWith('/metrics'),
      }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  process.once('beforeExit', () => void sdk.shutdown());
}

if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) await start();
