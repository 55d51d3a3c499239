import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { AlertSeverity } from '@/api/types';

const ICONS = { urgent: OctagonAlert, warning: TriangleAlert, info: Info } as const;
const TONES = { urgent: 'text-very-low', warning: 'text-high', info: 'text-muted' } as const;

/** Shape and colour of a tier; the word stands beside it. */
export function TierMark({ severity, size = 18 }: { severity: AlertSeverity; size?: number }) {
  const Icon = ICONS[severity];
  return <Icon size={size} aria-hidden="true" className={`shrink-0 ${TONES[severity]}`} />;
}
