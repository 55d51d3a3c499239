import { PageSkeleton } from '@/components/layout/page-skeleton';

export default function AlertSettingsLoading() {
  return <PageSkeleton width="max-w-5xl" last="h-96" />;
}
