import { PageSkeleton } from '@/components/layout/page-skeleton';

export default function OnCallLoading() {
  return <PageSkeleton width="max-w-4xl" last="h-52" />;
}
