import type { StepRecord } from '../../../../functions/domain/records/ledger-records';
import { progressOn } from '../../../../sandbox/commands/demo/progress';
import type { OrderStatus } from '../../../../sandbox/commands/demo/vend';

const START = new Date('2026-11-24T10:00:00.000Z');
const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);

const step = (state: string, changes: Partial<StepRecord> = {}): StepRecord => ({
  state,
  startedAt: START.toISOString(),
  finishedAt: after(1).toISOString(),
  attempts: 1,
  remark: null,
  error: null,
  changes: [],
  ...changes,
});

const enrolling = step('CheckEnrollment', {
  startedAt: after(10).toISOString(),
  finishedAt: null,
  remark: 'Control Tower is enrolling the account.',
});

const status = (timeline: readonly StepRecord[], changes: Partial<OrderStatus> = {}): OrderStatus =>
  ({
    order: { source: 'webshop-dev.json', trigger: 'event', desiredState: null },
    tenantUuid: null,
    status: 'RUNNING',
    faults: [],
    startedAt: START,
    endedAt: null,
    detail: { workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev', timeline },
    ...changes,
  }) as OrderStatus;

/** What stands on a screen in the end: each write goes up over what it replaces. */
class FakeScreen {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly writes: string[] = [];

  constructor(isTTY: boolean, columns?: number) {
    this.isTTY = isTTY;
    this.columns = columns;
  }

  write(text: string): void {
    this.writes.push(text);
  }

  get last(): string {
    return (this.writes.at(-1) ?? '').replaceAll(/\p{Cc}\[\d*[A-Z]/gu, '');
  }
}

describe('progress', () => {
  describe('on a terminal', () => {
    it('shows what was done as marks, the newest state by name, and how long a long one has taken', () => {
      const screen = new FakeScreen(true);
      progressOn(screen)([status([step('PlanVending'), step('EnrollAccount'), enrolling])], after(70));
      expect(screen.last).toBe(
        '   70.0 s  retail.webshop-dev (by event)     ●● CheckEnrollment: Control Tower is enrolling the account. (60 s)\n',
      );
    });

    it('says no time of a short one', () => {
      const screen = new FakeScreen(true);
      progressOn(screen)([status([enrolling])], after(14));
      expect(screen.last).toMatch(/enrolling the account\.\n$/);
    });

    it('keeps each line on one, however narrow the screen is: it has to be found again', () => {
      const screen = new FakeScreen(true, 60);
      const watch = progressOn(screen);
      watch([status([enrolling]), status([enrolling])], after(70));
      watch([status([enrolling]), status([enrolling])], after(71));
      const lines = screen.last.split('\n').slice(0, -1);
      expect(lines.map((line) => line.length)).toEqual([60, 60]);
      expect(lines[0]).toMatch(/…$/);
      expect(screen.writes[1]).toContain('\u001B[2A\u001B[0J');
    });
  });

  it('writes a line elsewhere only when something has changed', () => {
    const screen = new FakeScreen(false);
    const watch = progressOn(screen);
    const order = { source: 'webshop-dev.json', trigger: 'event', desiredState: null } as const;
    for (const [seconds, timeline] of [
      [20, [enrolling]],
      [50, [enrolling]],
      [80, [step('CheckEnrollment')]],
    ] as const) {
      watch([status(timeline, { order })], after(seconds));
    }
    expect(screen.writes).toEqual([
      '   20.0 s  retail.webshop-dev (by event)     CheckEnrollment: Control Tower is enrolling the account.\n',
      '   80.0 s  retail.webshop-dev (by event)     CheckEnrollment done\n',
    ]);
  });
});
