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
    const heading = document.querySelector<HTMLElement>('main h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}
