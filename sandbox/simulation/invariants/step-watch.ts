import * as z from 'zod';

import type { Call } from '../../organization/call-log';
import type { Violations } from '../violations';

const InputSchema = z.object({
  AccountId: z.string().default(''),
  SourceParentId: z.string().default(''),
  DestinationParentId: z.string().default(''),
  ResourceId: z.string().default(''),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
  TagKeys: z.array(z.string()).default([]),
  RoleName: z.string().default(''),
  PolicyName: z.string().default(''),
  PolicyArn: z.string().default(''),
});

type Input = z.infer<typeof InputSchema>;

/** What a write sets: the target, and its value afterwards. */
interface Setting {
  readonly place: string;
  readonly value: string;
}

/**
 * No step undoes what an earlier one of the same run has done: it neither resets what was set, nor removes what was
 * put. Each target remembers the values that it has had during one run.
 */
export class StepWatch {
  readonly #violations: Violations;
  /** The values by run and target. */
  readonly #values = new Map<string, string[]>();

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  /** @param run names the run that has called; null where it is not known */
  look(call: Call, run: string | null): void {
    if (!call.write || call.callerFunction === null || run === null) return;
    if (call.outcome !== 'ok' && call.outcome !== 'lost-answer') return;
    const input = InputSchema.safeParse(call.input).data;
    if (input === undefined) return;
    for (const setting of settingsOf(call, input)) this.#note(call, run, setting);
  }

  #note({ callerFunction, operation }: Call, run: string, { place, value }: Setting): void {
    const key = `${run} ${place}`;
    // Out of its unit and to the root: AWS's own advice after a failed enrollment, and the way of an account that is to
    // get Control Tower's role, which is forbidden in a registered unit. There is no other step back.
    const isTermination =
      operation === 'MoveAccount' && (callerFunction === 'EnrollAccount' || callerFunction === 'OpenAccount');
    const values = isTermination ? [] : (this.#values.get(key) ?? []);
    this.#values.set(key, values);
    if (values.at(-1) !== value && (values.includes(value) || (value === GONE && values.length > 0))) {
      const seen = `${callerFunction ?? ''} (${operation}) set ${place} back to ${value} in run ${run}.`;
      this.#violations.add('no step undoes another', seen);
    }
    values.push(value);
  }
}

const GONE = '(nothing)';

function settingsOf({ operation, principal }: Call, input: Input): readonly Setting[] {
  const accountId = [input.AccountId, input.ResourceId, principal?.accountId].find((id) => id !== '') ?? '';
  const at = (place: string, value: string): Setting => ({ place: `${accountId} ${place}`, value });
  const inRole = (policy: string, value: string): readonly Setting[] => [at(`role ${input.RoleName} ${policy}`, value)];
  switch (operation) {
    case 'MoveAccount':
      return [at('unit', input.SourceParentId), at('unit', input.DestinationParentId)];
    case 'TagResource':
      return input.Tags.map(({ Key, Value }) => at(`tag ${Key}`, Value));
    case 'UntagResource':
      return input.TagKeys.map((key) => at(`tag ${key}`, GONE));
    case 'PutRolePolicy':
      return inRole(input.PolicyName, 'put');
    case 'DeleteRolePolicy':
      return inRole(input.PolicyName, GONE);
    case 'AttachRolePolicy':
      return inRole(input.PolicyArn, 'put');
    case 'DetachRolePolicy':
      return inRole(input.PolicyArn, GONE);
    default:
      return [];
  }
}
