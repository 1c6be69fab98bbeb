import * as z from 'zod';

import { groupMark } from '../../../functions/domain/access/tenant-groups';
import { TENANT_TAG_KEY } from '../../../functions/domain/plan/plan';
import type { Call } from '../../organization/call-log';
import type { OrganizationState } from '../../organization/organization-state';
import type { LedgerMirror } from '../ledger-mirror';
import type { Violations } from '../violations';
import { type CallingRun, nameOfRun } from './run-watch';

const InputSchema = z.object({
  AccountId: z.string().default(''),
  ResourceId: z.string().default(''),
  GroupId: z.string().default(''),
});

/** No account is closed but after the guard, of a tenant that is to go; no group is taken from a tenant that lives. */
export class ClosingWatch {
  readonly #mirror: LedgerMirror;
  readonly #violations: Violations;
  /** Runs by which the tag of an account was read, with the account. */
  readonly #guarded = new Set<string>();
  /** The mark that each group had when it was last there, by its id. */
  readonly #marks = new Map<string, string>();

  constructor(mirror: LedgerMirror, violations: Violations) {
    this.#mirror = mirror;
    this.#violations = violations;
  }

  look(call: Call, state: OrganizationState, run: CallingRun | null): void {
    const input = InputSchema.safeParse(call.input).data;
    if (input === undefined || run === null) return;
    const isDone = call.outcome === 'ok' || call.outcome === 'lost-answer';
    switch (call.operation) {
      case 'ListTagsForResource':
        if (call.callerFunction === 'GuardAccount' && isDone)
          this.#guarded.add(`${nameOfRun(run)} ${input.ResourceId}`);
        break;
      case 'CloseAccount':
        if (isDone) this.#lookAtClosing(input.AccountId, state, run);
        break;
      case 'DeleteGroup':
        if (isDone) this.#lookAtGroup(input.GroupId, run);
        break;
      case 'CreateGroup':
        this.#noteGroups(state);
        break;
      default:
    }
  }

  #lookAtClosing(accountId: string, { accounts }: OrganizationState, run: CallingRun): void {
    const tenant = this.#mirror.tenants.get(run.tenantUuid);
    const faults = [
      ...(this.#guarded.has(`${nameOfRun(run)} ${accountId}`) ? [] : ['its guard']),
      ...(accounts.get(accountId)?.tags.get(TENANT_TAG_KEY) === run.tenantUuid ? [] : ['its tag']),
      ...(tenant?.deletion == null ? ['a deletion'] : []),
      ...(tenant?.closure?.phase === 'asked' ? [] : ['an intent']),
    ];
    if (faults.length === 0) return;
    this.#violations.add(
      'no close without guard',
      `${nameOfRun(run)} closed ${accountId} without ${faults.join(', ')}.`,
    );
  }

  #noteGroups({ identityCenter }: OrganizationState): void {
    for (const { id, description } of identityCenter?.groups.values() ?? []) this.#marks.set(id, description ?? '');
  }

  #lookAtGroup(groupId: string, run: CallingRun): void {
    const mark = this.#marks.get(groupId);
    if (mark === undefined || mark === groupMark(run.tenantUuid)) return;
    this.#violations.add('no group of another tenant is removed', `${nameOfRun(run)} removed ${groupId} (${mark}).`);
  }
}
