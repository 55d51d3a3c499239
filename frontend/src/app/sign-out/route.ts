import { crossSiteRefusal } from '@/session/api-proxy';
import { requestIdOf } from '@/session/caller';
import { sessionRuntime } from '@/session/runtime';
import { isSameOrigin } from '@/session/same-origin';
import { CLEAR_SITE_DATA, signOut } from '@/session/sign-in';

export const runtime = 'nodejs';

/** The target of a plain form, since only a route handler can send `Clear-Site-Data`. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request, sessionRuntime().settings.publicOrigin))
    return crossSiteRefusal(requestIdOf(request.headers));
  await signOut();
  return new Response(null, {
    status: 303,
    headers: { location: '/sign-in', 'cache-control': 'private, no-store', 'clear-site-data': CLEAR_SITE_DATA },
  });
}
