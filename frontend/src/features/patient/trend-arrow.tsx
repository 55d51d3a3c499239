/** As steep as can be told apart: three mg/dL a minute points straight up or down. */
const STEEPEST_MGDL_PER_MINUTE = 3;

/** The arrow turns with the slope itself, so that no class of "rising fast" has to be defined here. */
export function TrendArrow({
  mgdlPerMinute,
  label,
  size = 22,
}: {
  mgdlPerMinute: number;
  label: string;
  size?: number;
}) {
  const share = Math.max(-1, Math.min(1, mgdlPerMinute / STEEPEST_MGDL_PER_MINUTE));
  return (
    <svg
      width={size}
      height={size}
      viewBox="-11 -11 22 22"
      role="img"
      aria-label={label}
      className="shrink-0 self-center"
    >
      <path
        transform={`rotate(${(-90 * share).toFixed(0)})`}
        d="M-8,0H7M1,-6L7,0L1,6"
        className="fill-none stroke-text"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
