'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** After a client-side navigation the first heading takes the focus, so that screen readers start at the new page. */
export function FocusHeading() {
  const pathname = usePathname();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    if (focusHeading()) return;
    // The page is still loading behind its skeleton, which has no heading.
    const arrival = new MutationObserver(() => {
      if (focusHeading()) arrival.disconnect();
    });
    arrival.observe(document.body, { childList: true, subtree: true });
    return () => arrival.disconnect();
  }, [pathname]);
  return null;
}

function focusHeading(): boolean {
  const heading = document.querySelector<HTMLElement>('main:not([aria-busy]) h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
  return heading !== null;
}
