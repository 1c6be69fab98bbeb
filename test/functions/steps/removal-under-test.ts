import type { StackInstanceRecord } from '../../../functions/domain/records/account-records';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { checkRemoval } from '../../../functions/steps/CheckRemoval/step';
import { removeStackInstances } from '../../../functions/steps/RemoveStackInstances/step';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeStackSets } from '../../fakes/fake-stack-sets';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { after, NOW, plan } from '../../fakes/vending';

export const FRANKFURT = 'eu-central-1';
export const IRELAND = 'eu-west-1';
export const REMOVAL = 'eu-central-1/network';
const LANE = 'stack-set:eu-central-1:network';

/** An instance that was rolled out long ago and may be removed, with changes. */
export const rolledOut = (region: string, changes: Partial<StackInstanceRecord> = {}): StackInstanceRecord => ({
  stackSet: 'network',
  homeRegion: FRANKFURT,
  region,
  removable: true,
  phase: 'current',
  contentHash: 'hash',
  n: 1,
  operationId: 'rolled-out',
  askedAt: after(-100_000, NOW).toISOString(),
  failures: 0,
  pauses: 0,
  ...changes,
});

/** An account that has no more use for a stack set, with the two states that remove it. */
export class RemovalUnderTest {
  readonly repository: FakeTenantRepository;
  readonly stackSets = new FakeStackSets();
  readonly turns: RecordingTurns;
  readonly regions: readonly string[];
  /** When the workflow has come to these states, in seconds. */
  enteredAt = 0;
  /** Whether the waiting state before them lets everybody in. */
  givesTurns = true;

  constructor(records: readonly StackInstanceRecord[] = [rolledOut(FRANKFURT), rolledOut(IRELAND)]) {
    this.repository = FakeTenantRepository.withAccount({ stackInstances: [...records] });
    this.turns = new RecordingTurns(this.repository);
    this.regions = records.map(({ region }) => region);
    for (const region of this.regions) {
      this.stackSets.set(region, { status: 'CURRENT', detailedStatus: 'SUCCEEDED', lastOperationId: 'rolled-out' });
    }
  }

  get phases(): readonly string[] {
    return this.repository.tenant.stackInstances.map(({ phase }) => phase);
  }

  remove(seconds = 0): Promise<StepReport> {
    if (this.givesTurns) giveTurn(this.repository, LANE, after(seconds));
    return removeStackInstances(this.#ports)(this.#vending(seconds));
  }

  check(seconds = 0): Promise<StepReport> {
    return checkRemoval(this.#ports)(this.#vending(seconds));
  }

  /** Looks and waits as the workflow does, for this long, and tells how it stands then. */
  async pass(from: number, seconds: number): Promise<StepReport['result']> {
    let now = from;
    for (let looks = 0; looks < 10_000; looks += 1) {
      const { result } = await this.check(now);
      if (result['ready'] === true || now >= from + seconds) return result;
      if (result['removeAgain'] === true) await this.remove(now);
      now += Number(result['waitSeconds']);
    }
    throw new Error('No time passes between the looks.');
  }

  get #ports() {
    return { repository: this.repository, stackSets: this.stackSets, turns: this.turns, removal: REMOVAL };
  }

  #vending(seconds: number) {
    const stackSetRemovals = [{ name: 'network', homeRegion: FRANKFURT, regions: [...this.regions] }];
    return {
      tenant: this.repository.tenant,
      plan: plan({ stackSetRemovals }),
      now: after(seconds),
      stateEnteredAt: after(this.enteredAt),
    };
  }
}
