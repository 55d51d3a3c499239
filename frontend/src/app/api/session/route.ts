import * as z from 'zod';
import { problemDocument, problemResponse } from '@/session/api-problem';
import { crossSiteRefusal } from '@/session/api-proxy';
import { requestIdOf } from '@/session/caller';
import { sessionRuntime } from '@/session/runtime';
import { isSameOrigin } from '@/session/same-origin';
import { CLEAR_SITE_DATA, signIn, type SignInFailure, signOut } from '@/session/sign-in';

export const runtime = 'nodejs';

const Credentials = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) });
const NO_STORE = { 'cache-control': 'private, no-store' };

export async function POST(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  if (!isSameOrigin(request, sessionRuntime().settings.publicOrigin)) return crossSiteRefusal(requestId);
  if (!request.headers.get('content-type')?.startsWith('application/json'))
    return problemResponse(problemDocument(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send JSON', requestId));
  const credentials = Credentials.safeParse(await request.json().catch(() => null));
  if (!credentials.success)
    return problemResponse(problemDocument(422, 'INVALID_INPUT', 'The request is not valid', requestId));
  const result = await signIn(credentials.data.email, credentials.data.password);
  return result.ok ? new Response(null, { status: 204, headers: NO_STORE }) : refusal(result, requestId);
}

export async function DELETE(request: Request): Promise<Response> {
  if (!isSameOrigin(request, sessionRuntime().settings.publicOrigin))
    return crossSiteRefusal(requestIdOf(request.headers));
  await signOut();
  return new Response(null, { status: 204, headers: { ...NO_STORE, 'clear-site-data': CLEAR_SITE_DATA } });
}

function refusal(result: SignInFailure, requestId: string): Response {
  if (result.reason === 'too-many')
    return problemResponse(problemDocument(429, 'TOO_MANY_REQUESTS', 'Too many requests', requestId), {
      'retry-after': String(result.waitSeconds),
    });
  return result.reason === 'wrong-credentials'
    ? problemResponse(problemDocument(401, 'INVALID_CREDENTIALS', 'E-mail or password is wrong', requestId))
    : problemResponse(problemDocument(503, 'UNAVAILABLE', 'The service is not available right now', requestId), {
        'retry-after': '5',
      });
}
