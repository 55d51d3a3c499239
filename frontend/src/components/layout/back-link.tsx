import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';

/** Above the heading of a page: where it belongs. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="mb-1 inline-flex min-h-6 items-center gap-1 text-sm text-accent hover:underline">
      <ChevronLeft size={16} aria-hidden="true" />
      {children}
    </Link>
  );
}
