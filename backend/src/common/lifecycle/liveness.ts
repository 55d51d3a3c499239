import { Injectable } from '@nestjs/common';

/** What only a restart of this process would mend. Never anything that waits for another system. */
@Injectable()
export class Liveness {
  private readonly conditions = new Map<string, () => boolean>();

  require(name: string, holds: () => boolean): void {
    this.conditions.set(name, holds);
  }

  /** Names of what has died. */
  dead(): string[] {
    return Array.from(this.conditions)
      .filter(([, holds]) => !holds())
      .map(([name]) => name);
  }
}
