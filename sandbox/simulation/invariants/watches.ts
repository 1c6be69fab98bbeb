import * as z from 'zod';

import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { ItemWrite } from '../../../functions/ports/ledger-store';
import { currentInvocation } from '../../runtime/embedded/invocation';
import type { Call } from '../../organization/call-log';
import type { OrganizationState } from '../../organization/organization-state';
import type { LedgerMirror } from '../ledger-mirror';
import type { Violations } from '../violations';
import { AccountWatch } from './account-watch';
import { ClaimWatch } from './claim-watch';
import { ClosingWatch } from './closing-watch';
import { GuardrailWatch } from './guardrail-watch';
import { LaneWatch } from './lane-watch';
import { LoopWatch } from './loop-watch';
import { QuotaWatch } from './quota-watch';
import { type CallingRun, nameOfRun, RunWatch } from './run-watch';
import { StepWatch } from './step-watch';

const RunSchema = z.object({ tenantUuid: z.string(), replicationSequence: z.number(), run: z.number() });

/** The run in whose function this code is called; null outside of steps. */
function callingRun(): CallingRun | null {
  return RunSchema.safeParse(currentInvocation()?.input).data ?? null;
}

/** The simulation that is watched. */
interface World {
  readonly secondsPassed: number;
  /** The configuration is the one that is deployed at the moment. */
  readonly fixture: { readonly configuration: Configuration };
}

/** All watches, called for each AWS call and each write. */
export class Watches {
  readonly accounts: AccountWatch;
  readonly quotas: QuotaWatch;
  readonly loops: LoopWatch;
  readonly #steps: StepWatch;
  readonly #runs: RunWatch;
  readonly #lanes: LaneWatch;
  readonly #claims: ClaimWatch;
  readonly #closings: ClosingWatch;
  readonly #guardrails: GuardrailWatch;
  readonly #mirror: LedgerMirror;
  readonly #violations: Violations;
  /** While true, no step has anything to write. */
  expectsNoWrites = false;
  apiCalls = 0;
  unexpectedWrites = 0;

  constructor(mirror: LedgerMirror, violations: Violations, world: World) {
    const secondsPassed = (): number => world.secondsPassed;
    this.accounts = new AccountWatch(violations);
    this.quotas = new QuotaWatch(violations);
    this.loops = new LoopWatch(violations, secondsPassed);
    this.#steps = new StepWatch(violations);
    this.#runs = new RunWatch(mirror, violations);
    this.#lanes = new LaneWatch(violations, secondsPassed);
    this.#claims = new ClaimWatch(violations);
    this.#closings = new ClosingWatch(mirror, violations);
    this.#guardrails = new GuardrailWatch(mirror, violations, () => world.fixture.configuration);
    this.#mirror = mirror;
    this.#violations = violations;
  }

  committed(writes: readonly ItemWrite[]): void {
    const tenants = this.#mirror.note(writes);
    this.#lanes.look(writes);
    this.#claims.look(tenants);
  }

  called(call: Call, state: OrganizationState): void {
    if (call.callerFunction === null) return;
    this.apiCalls += 1;
    this.accounts.look(call, state);
    this.quotas.look(call, state);
    this.#closings.look(call, state, callingRun());
    this.#guardrails.look(call, state, callingRun());
    if (call.write) this.#lookAtWrite(call, callingRun());
    if (this.expectsNoWrites) this.#lookForWrites(call);
  }

  atRest(): void {
    this.#lanes.atRest();
  }

  #lookAtWrite(call: Call, run: CallingRun | null): void {
    this.#steps.look(call, run === null ? null : nameOfRun(run));
    this.#runs.look(call, run);
  }

  /** The landing zone's function is called again, by contract. */
  #lookForWrites({ write, service, operation, callerFunction }: Call): void {
    if (!write || service === 'lambda') return;
    this.unexpectedWrites += 1;
    this.#violations.add('a repeated vending writes nothing', `${callerFunction ?? ''}: ${operation}.`);
  }
}
