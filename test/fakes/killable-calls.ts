import { ProcessKilledError } from './fake-tenant-repository';

/**
 * Counts calls, reads too; one of them may be the last that the process makes: before its effect, or with the effect
 * and without the answer.
 */
export class KillableCalls {
  calls = 0;
  writes = 0;
  killedAt = Infinity;
  loses: 'effect' | 'answer' = 'effect';

  // Promises of the event loop, not of the test.
  protected async call<Answer>(isWrite: boolean, effect: () => Answer): Promise<Answer> {
    this.calls += 1;
    const isLast = this.calls === this.killedAt;
    if (isLast && this.loses === 'effect') throw new ProcessKilledError();
    if (isWrite) this.writes += 1;
    const answer = await Promise.resolve(effect());
    if (isLast) throw new ProcessKilledError();
    return answer;
  }
}
