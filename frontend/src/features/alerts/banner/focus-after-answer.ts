/** The focus goes with the alert that was answered: it moves to the next one, else to the top of the page. */
export function focusAfterAnswer(banner: HTMLElement | null): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const next = banner?.querySelector<HTMLElement>('[data-acknowledge]');
  const target = next ?? document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main');
  if (!target) return;
  if (target !== next && !target.hasAttribute('tabindex')) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
