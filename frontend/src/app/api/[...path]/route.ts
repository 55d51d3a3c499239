import { proxyToApi } from '@/session/api-proxy';
import { sessionRuntime } from '@/session/runtime';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

const handle = (request: Request) => proxyToApi(request, sessionRuntime());

export { handle as DELETE, handle as GET, handle as HEAD, handle as PATCH, handle as POST, handle as PUT };
