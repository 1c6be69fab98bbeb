import type * as z from 'zod';
import type { OrganizationState } from '../organization-state';
import type { Principal } from '../principal';
import type { ServiceError } from '../service-error';
import type { Protocol } from '../wire/wire-message';

export interface CallContext {
  readonly state: OrganizationState;
  readonly principal: Principal;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Condition keys with one value, or with the several of a set such as `aws:TagKeys`. */
export type ConditionValues = Readonly<Record<string, string | readonly string[]>>;

/** What IAM judges: an action on a resource, with the condition keys that this operation sets. */
export interface Target {
  /** Default: the operation's own action. */
  readonly action?: string;
  readonly resource: string;
  readonly conditions?: ConditionValues;
}

/** A call whose input is understood and whose effect is still to come. */
export interface PreparedCall {
  readonly targets: readonly Target[];
  readonly answer: () => object | Promise<object>;
}

export interface Operation {
  readonly name: string;
  readonly write: boolean;
  readonly prepare: (context: CallContext, raw: unknown) => PreparedCall;
}

export interface Service {
  /** As in the credential scope. */
  readonly signingName: string;
  /** As in IAM actions. */
  readonly actionPrefix: string;
  readonly protocol: Protocol;
  readonly operations: ReadonlyMap<string, Operation>;
  /** Throws where this service does not answer this account at all. */
  readonly admit: (context: CallContext, operation: string) => void;
}

export interface OperationDefinition<Input> {
  readonly name: string;
  readonly write: boolean;
  readonly input: z.ZodType<Input>;
  /** Default: everything (`*`), for operations that IAM cannot scope. */
  readonly targets?: (context: CallContext, input: Input) => readonly Target[];
  readonly answer: (context: CallContext, input: Input) => object | Promise<object>;
}

/** Turns a definition into an operation; `refuse` words a malformed input as the service does. */
export function operation<Input>(
  refuse: (error: z.ZodError) => ServiceError,
  definition: OperationDefinition<Input>,
): Operation {
  return {
    name: definition.name,
    write: definition.write,
    prepare: (context, raw) => {
      const parsed = definition.input.safeParse(raw, { reportInput: true });
      if (!parsed.success) {
        // @evidence documented IAM/latest/APIReference/CommonErrors: to refuse input that does not satisfy the
        //   constraints
        throw refuse(parsed.error);
      }
      return {
        targets: definition.targets?.(context, parsed.data) ?? [{ resource: '*' }],
        answer: () => definition.answer(context, parsed.data),
      };
    },
  };
}

export function operationsByName(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.map((one) => [one.name, one]));
}
