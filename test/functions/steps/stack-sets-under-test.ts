import type { StepReport } from '../../../functions/domain/run/step-context';
import type { Companions } from '../../../functions/ports/lane-queue';
import { checkStackInstances } from '../../../functions/steps/CheckStackInstances/step';
import { deployStackInstances } from '../../../functions/steps/DeployStackInstances/step';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeStackSets } from '../../fakes/fake-stack-sets';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { after, plan } from '../../fakes/vending';

export const FRANKFURT = 'eu-central-1';
export const IRELAND = 'eu-west-1';
export const PARIS = 'eu-west-3';
const LANE = 'stack-set:eu-central-1:baseline';

/** One stack set of the plan, with the two states that deploy it. */
export class StackSetsUnderTest {
  readonly repository = FakeTenantRepository.withAccount();
  readonly stackSets = new FakeStackSets();
  regions = [FRANKFURT];
  rolesCount = (): Promise<void> => Promise.resolve();
  parameters: Readonly<Record<string, string>> = { Stage: 'webshop-dev', Undeclared: 'no' };
  /** When the workflow has come to these states, in seconds. */
  enteredAt = 0;
  /** Whether the waiting state before them lets everybody in. */
  givesTurns = true;
  readonly turns = new RecordingTurns(this.repository);
  companions: Companions | undefined;

  /** Of what was asked last. */
  get operationId(): string | undefined {
    return this.repository.tenant.stackInstances.at(-1)?.operationId;
  }

  deploy(seconds = 0): Promise<StepReport> {
    if (this.givesTurns) giveTurn(this.repository, LANE, after(seconds));
    return deployStackInstances(this.#ports)(this.#vending(seconds));
  }

  check(seconds = 0): Promise<StepReport> {
    return checkStackInstances(this.#ports)(this.#vending(seconds));
  }

  /** The two states as the workflow calls them, until one waits or all is done. */
  async goOn(seconds = 0): Promise<StepReport['result']> {
    for (let turn = 0; turn < 10; turn += 1) {
      await this.deploy(seconds);
      const { result } = await this.check(seconds);
      if (result['deployAgain'] !== true) return result;
    }
    throw new Error('The two states call each other for ever.');
  }

  /** Looks and waits as the workflow does, for this long, and tells how it stands then. */
  async pass(from: number, seconds: number): Promise<StepReport['result']> {
    let now = from;
    for (let looks = 0; looks < 10_000; looks += 1) {
      const { result } = await this.check(now);
      if (result['ready'] === true || now >= from + seconds) return result;
      if (result['deployAgain'] === true) await this.deploy(now);
      now += Number(result['waitSeconds']);
    }
    throw new Error('No time passes between the looks.');
  }

  get #ports() {
    const { repository, stackSets, turns, companions, rolesCount } = this;
    const given = companions === undefined ? {} : { companions };
    return { repository, stackSets, turns, ...given, stackSet: 'baseline', rolesCount };
  }

  #vending(seconds: number) {
    const { regions, parameters } = this;
    return {
      tenant: this.repository.tenant,
      plan: plan({ stackSets: [{ name: 'baseline', homeRegion: FRANKFURT, regions, parameters }] }),
      now: after(seconds),
      stateEnteredAt: after(this.enteredAt),
    };
  }
}
