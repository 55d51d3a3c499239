import { PageSkeleton } from '@/components/layout/page-skeleton';

export default function ForecastLoading() {
  return <PageSkeleton width="max-w-3xl" last="h-52" />;
}
