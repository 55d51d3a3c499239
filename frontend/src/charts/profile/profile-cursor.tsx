'use client';

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';

interface ProfileCursorProps {
  label: string;
  hint: string;
  slotMinutes: number;
  /** What stands at each slot, in words, from midnight on. */
  readouts: readonly string[];
  children: ReactNode;
}

const MINUTES_PER_DAY = 1440;

/** One tab stop over the profile. A slider, since screen readers pass arrow keys on to sliders and to little else. */
export function ProfileCursor({ label, hint, slotMinutes, readouts, children }: ProfileCursorProps) {
  const last = readouts.length - 1;
  const [slot, setSlot] = useState(Math.round(last / 2));
  const [shown, setShown] = useState(false);
  const move = (to: number) => {
    setSlot(Math.min(last, Math.max(0, to)));
    setShown(true);
  };
  const hour = Math.round(60 / slotMinutes);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? hour : 1;
    const targets: Record<string, number> = {
      ArrowRight: slot + step,
      ArrowUp: slot + step,
      ArrowLeft: slot - step,
      ArrowDown: slot - step,
      PageUp: slot + hour,
      PageDown: slot - hour,
      Home: 0,
      End: last,
    };
    const to = targets[event.key];
    if (event.key === 'Escape') setShown(false);
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };

  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    move(Math.round(((event.clientX - left) / width) * (MINUTES_PER_DAY / slotMinutes)));
  };

  const x = `${((slot * slotMinutes) / MINUTES_PER_DAY) * 100}%`;
  return (
    <>
      <p className="mb-2 min-h-10 text-sm tabular-nums sm:min-h-5 print:hidden" aria-hidden="true">
        {shown ? readouts[slot] : <span className="text-muted">{hint}</span>}
      </p>
      <div className="relative">
        {children}
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={slot}
          aria-valuetext={readouts[slot]}
          className="absolute top-0 right-[56px] bottom-[22px] left-[44px] cursor-crosshair touch-pan-y"
          onKeyDown={onKeyDown}
          onPointerMove={onPointer}
          onPointerDown={onPointer}
          onPointerLeave={() => setShown(false)}
          onFocus={() => setShown(true)}
          onBlur={() => setShown(false)}
        >
          {shown ? (
            <svg className="pointer-events-none h-full w-full" aria-hidden="true">
              <line x1={x} x2={x} y1="0" y2="100%" className="chart-cursor" />
            </svg>
          ) : null}
        </div>
      </div>
    </>
  );
}
