'use client';

import { useEffect } from 'react';
import { useAlertWatch } from './alert-watch';

const BADGE = /^\(\d+\) /;

/** Puts the number of unacknowledged alerts before the title of the tab, whichever page gives that title. */
export function TitleBadge() {
  const { alerts } = useAlertWatch();
  const count = alerts?.counts.unacknowledged ?? 0;
  useEffect(() => {
    const apply = () => {
      const plain = document.title.replace(BADGE, '');
      const wanted = count > 0 ? `(${count}) ${plain}` : plain;
      if (document.title !== wanted) document.title = wanted;
    };
    apply();
    const titles = new MutationObserver(apply);
    titles.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => titles.disconnect();
  }, [count]);
  return null;
}
