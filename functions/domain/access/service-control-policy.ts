import * as z from 'zod/mini';

import { parsedJson } from '../base/json';
import { type KnownContext, conditionHolds, fitsPattern } from './policy-condition';

/** A service control policy as it is attached somewhere. */
export interface AttachedPolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}

export interface ControlledAction {
  readonly action: string;
  readonly resource: string;
  readonly context: KnownContext;
}

/**
 * `unclear`: it depends on what is known only when the call is made. `by` is the policy, or where none allows the
 * action.
 */
export type ControlVerdict =
  | { readonly verdict: 'allowed' }
  | { readonly verdict: 'denied' | 'unclear'; readonly by: string };

const TextsSchema = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((one) => [one].flat()),
);

const StatementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.optional(TextsSchema),
  NotAction: z.optional(TextsSchema),
  Resource: z.optional(TextsSchema),
  NotResource: z.optional(TextsSchema),
  Condition: z._default(z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))), {}),
});

type Statement = z.infer<typeof StatementSchema>;

const DocumentSchema = z.object({
  Statement: z.union([
    z.array(StatementSchema),
    z.pipe(
      StatementSchema,
      z.transform((one) => [one]),
    ),
  ]),
});

/**
 * Whether service control policies let an account do something: no statement on any level denies it, and on every level
 * one allows it. Source: AWS Organizations User Guide, "SCP evaluation".
 *
 * @param levels from the root down to the account's unit, each with what is attached there
 */
export function judgedByControls(
  levels: readonly (readonly AttachedPolicy[])[],
  question: ControlledAction,
): ControlVerdict {
  const votes = levels.map((policies) => policies.map((policy) => voteOf(policy, question)));
  const all = votes.flat();
  const denying = all.find(({ denies }) => denies === true);
  if (denying !== undefined) return { verdict: 'denied', by: denying.name };
  const shut = votes.findIndex((level) => level.every(({ allows }) => allows === false));
  if (shut >= 0) return { verdict: 'denied', by: `level ${shut + 1} from the root, where no policy allows it` };
  const unclear =
    all.find(({ denies }) => denies === undefined) ??
    votes.find((level) => level.every(({ allows }) => allows !== true))?.[0];
  return unclear === undefined ? { verdict: 'allowed' } : { verdict: 'unclear', by: unclear.name };
}

interface Vote {
  readonly name: string;
  readonly denies: boolean | undefined;
  readonly allows: boolean | undefined;
}

/** A document that cannot be read could say anything. */
function voteOf({ name, document }: AttachedPolicy, question: ControlledAction): Vote {
  const { data } = DocumentSchema.safeParse(parsedJson(document));
  if (data === undefined) return { name, denies: undefined, allows: undefined };
  const saying = (effect: Statement['Effect']): boolean | undefined => {
    const answers = data.Statement.filter(({ Effect }) => Effect === effect).map((one) => isAbout(one, question));
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? undefined : false;
  };
  return { name, denies: saying('Deny'), allows: saying('Allow') };
}

function isAbout(statement: Statement, { action, resource, context }: ControlledAction): boolean | undefined {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const fitsAction = (pattern: string): boolean => fitsPattern(pattern.toLowerCase(), action.toLowerCase());
  const isAction = Action === undefined ? NotAction?.some(fitsAction) !== true : Action.some(fitsAction);
  const patterns = Resource ?? NotResource ?? ['*'];
  const fits = patterns.some((pattern) => fitsPattern(pattern, resource));
  const isResource = NotResource === undefined ? fits : !fits;
  if (!isAction) return false;
  // A policy variable stands for what only the call itself knows.
  if (patterns.some((pattern) => pattern.includes('${'))) return undefined;
  return isResource ? conditionHolds(Condition, context) : false;
}
