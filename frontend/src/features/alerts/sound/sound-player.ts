import { playTones, type TONES } from './tones';

/**
 * `on`: this tab sounds. `elsewhere`: another tab of this browser does. `blocked`: the browser lets no page sound that
 * nobody has touched. `off`: somebody turned it off. `impossible`: this browser has no sound.
 */
export type SoundState = 'unknown' | 'on' | 'elsewhere' | 'blocked' | 'off' | 'impossible';

const LOCK = 'glucolens-sound';
const CHOICE = 'glucolens-sound';
const LOOK_MS = 5_000;
/** A sound is over before the next one begins. */
const APART_MS = 2_500;

/**
 * The sound of one tab. Of all tabs of a browser that may sound, one does: the one that holds a lock, which passes on
 * when the tab is closed. A browser gives its sound away only after a gesture, so until then the state is `blocked`.
 */
export class SoundPlayer {
  private state: SoundState = 'unknown';
  private readonly watchers = new Set<() => void>();
  private context: AudioContext | null = null;
  private release: (() => void) | null = null;
  private isWaiting = false;
  private hasLock = false;
  private isElsewhere = false;
  private started = false;
  private freeAt = 0;

  readonly snapshot = (): SoundState => this.state;

  readonly watch = (watcher: () => void): (() => void) => {
    this.start();
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  /** Only within a gesture. Plays the sound of an urgent alert, so that one hears what will be heard. */
  async turnOn(): Promise<void> {
    localStorage.removeItem(CHOICE);
    await this.test();
    this.takeTurn();
    this.judge();
  }

  turnOff(): void {
    localStorage.setItem(CHOICE, 'off');
    this.letGo();
    this.judge();
  }

  /** Only within a gesture. In this tab, whichever sounds otherwise, and also where sound is off. */
  async test(): Promise<void> {
    const context = await this.running();
    if (context) this.play(context, 'urgent');
  }

  ring(severity: keyof typeof TONES): void {
    if (this.state === 'on' && this.context) this.play(this.context, severity);
  }

  /** After the sound that plays already, if there is one. */
  private play(context: AudioContext, severity: keyof typeof TONES): void {
    const waitMs = Math.max(0, this.freeAt - performance.now());
    if (waitMs > APART_MS) return;
    this.freeAt = performance.now() + waitMs + APART_MS;
    playTones(context, severity, waitMs / 1000);
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    const onGesture = ({ target }: Event) => {
      // What turns sound on or off must not change under the finger that presses it.
      if (target instanceof Element && target.closest('[data-sound-control]')) return;
      if (this.isWanted()) void this.unlock();
    };
    for (const gesture of ['pointerdown', 'keydown'] as const) addEventListener(gesture, onGesture, { capture: true });
    addEventListener('storage', ({ key }) => {
      if (key !== CHOICE) return;
      if (!this.isWanted()) this.letGo();
      else if (navigator.userActivation?.hasBeenActive) void this.unlock();
      this.judge();
    });
    const look = () => void this.lookElsewhere();
    setInterval(look, LOOK_MS);
    document.addEventListener('visibilitychange', look);
    look();
    // A page that the person was led to by a click of the page before may sound at once.
    if (this.isWanted() && navigator.userActivation?.hasBeenActive) void this.unlock();
    this.judge();
  }

  private isWanted(): boolean {
    return localStorage.getItem(CHOICE) !== 'off';
  }

  private async unlock(): Promise<void> {
    if (await this.running()) this.takeTurn();
    this.judge();
  }

  private async running(): Promise<AudioContext | null> {
    if (!('AudioContext' in globalThis)) return null;
    if (!this.context) {
      this.context = new AudioContext();
      this.context.addEventListener('statechange', () => this.followContext());
    }
    if (this.context.state !== 'running') await this.context.resume().catch(() => undefined);
    return this.context.state === 'running' ? this.context : null;
  }

  /** A tab whose sound the browser took away, as a call does on a phone, must not keep the others silent. */
  private followContext(): void {
    if (this.context?.state === 'running') this.takeTurn();
    else this.letGo();
    this.judge();
  }

  /** Without a secure context there are no locks: then each tab sounds by itself. */
  private takeTurn(): void {
    if (this.context?.state !== 'running' || this.hasLock || this.isWaiting || !this.isWanted()) return;
    if (!('locks' in navigator)) {
      this.hasLock = true;
      return;
    }
    this.isWaiting = true;
    const end = new AbortController();
    this.release = () => end.abort();
    const held = () =>
      new Promise<void>((resolve) => {
        this.isWaiting = false;
        this.hasLock = true;
        this.release = resolve;
        this.judge();
      });
    void navigator.locks.request(LOCK, { signal: end.signal }, held).catch(() => undefined);
  }

  private letGo(): void {
    this.release?.();
    this.release = null;
    this.isWaiting = false;
    this.hasLock = false;
  }

  private async lookElsewhere(): Promise<void> {
    if (this.hasLock || !('locks' in navigator)) return;
    const { held } = await navigator.locks.query();
    this.isElsewhere = !this.hasLock && held?.some(({ name }) => name === LOCK) === true;
    this.judge();
  }

  private judge(): void {
    const state = this.stateNow();
    if (state === this.state) return;
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }

  private stateNow(): SoundState {
    if (!('AudioContext' in globalThis)) return 'impossible';
    if (!this.isWanted()) return 'off';
    const runs = this.context?.state === 'running';
    if (runs && this.hasLock) return 'on';
    return runs || this.isElsewhere ? 'elsewhere' : 'blocked';
  }
}
