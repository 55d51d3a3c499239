/** Says it for screen readers at once, and in sight after three seconds, by CSS alone. */
export function LoadingNote({ label, long }: { label: string; long: string }) {
  return (
    <div role="status" className="absolute text-sm text-muted">
      <span className="sr-only">{label}</span>
      <span className="loading-late">{long}</span>
    </div>
  );
}
