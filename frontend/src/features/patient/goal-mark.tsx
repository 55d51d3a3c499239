import { Check, Minus, X } from 'lucide-react';

/** Whether a goal is met, as a shape and as a word; colour comes last. */
export function GoalMark({
  met,
  labels,
}: {
  met: boolean | null;
  labels: { met: string; missed: string; none: string };
}) {
  if (met === null) return <Mark Icon={Minus} label={labels.none} className="text-muted" />;
  return met ? (
    <Mark Icon={Check} label={labels.met} className="text-in-range" />
  ) : (
    <Mark Icon={X} label={labels.missed} className="text-low" />
  );
}

function Mark({ Icon, label, className }: { Icon: typeof Check; label: string; className: string }) {
  return (
    <span className={`inline-flex shrink-0 ${className}`}>
      <Icon size={16} strokeWidth={2.5} aria-hidden="true" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
