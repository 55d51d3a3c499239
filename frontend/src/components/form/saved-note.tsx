'use client';

import { useEffect, useState } from 'react';

interface SavedNoteProps {
  /** Whether the page follows a form that was saved. */
  saved: boolean;
  /** Whether the form has had another answer since. */
  outdated: boolean;
  children: string;
}

/** Says once that something was saved: the address no longer does, so a reload or a link to it does not say it again. */
export function SavedNote({ saved, outdated, children }: SavedNoteProps) {
  // The page may be made anew from the address that says nothing any more.
  const [wasSaved] = useState(saved);
  useEffect(() => {
    const { pathname, search, hash } = window.location;
    const query = new URLSearchParams(search);
    if (!query.has('saved')) return;
    query.delete('saved');
    const rest = query.size > 0 ? `?${query}` : '';
    window.history.replaceState(null, '', `${pathname}${rest}${hash}`);
  }, []);
  const isNews = wasSaved && !outdated;
  return (
    <p role="status" className={isNews ? 'rounded border border-in-range p-3 text-sm text-in-range' : 'sr-only'}>
      {isNews ? children : null}
    </p>
  );
}
