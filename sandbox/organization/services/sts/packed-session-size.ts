import * as z from 'zod';

/** What a session is opened with besides its role: all of it shares one room. */
export interface SessionBaggage {
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  readonly tags: readonly unknown[];
}

/**
 * How much of the packed room a session takes, in percent: beyond 100, AssumeRole refuses. The room is apart from the
 * 2,048 characters that a policy may have. How AWS packs is not known; many actions cost more than their characters.
 *
 * @evidence documented IAM/UserGuide/reference_iam-quotas: session policies and session tags are packed together,
 *   within a limit of their own
 * @evidence documented "botocore sts.AssumeRole PolicyArns": a request within the limits of plain text may fail by its
 *   packed size
 * @evidence documented "@aws-sdk/client-sts models/errors.d.ts, PackedPolicyTooLargeException": the session token has a
 *   size at most, to which both add
 * @evidence reported "github leonct74/VM-Poppy- DESIGN.md 4, leonct74/agentspoppy-public-source sts-packed.test.ts":
 *   with three tags, 18 actions in 736 characters take about 82 %; 42 in 1,690, whose tags nobody tells, take 157 %
 *
 * The share of each part is fitted to those readings, within one percent.
 */
export function packedSessionSize({ policy = '', policyArns, tags }: SessionBaggage): number {
  const parts = [
    { size: policy.length + policyArns.join('').length, percent: PERCENT.character },
    { size: actionsIn(policy), percent: PERCENT.action },
    { size: tags.length, percent: PERCENT.tag },
  ];
  return Math.floor(parts.reduce((sum, { size, percent }) => sum + size * percent, 0));
}

const PERCENT = { character: 0.059, action: 0.8, tag: 8 } as const;

/** IAM takes one where it takes a list. */
const oneOrMore = <Item>(item: z.ZodType<Item>) => z.union([item, z.array(item)]);

const StatementSchema = z.object({ Action: oneOrMore(z.string()).default([]) });
const PolicySchema = z.object({ Statement: oneOrMore(StatementSchema) });

function actionsIn(policy: string): number {
  if (policy === '') return 0;
  const { Statement } = PolicySchema.parse(JSON.parse(policy));
  return [Statement].flat().flatMap(({ Action }) => Action).length;
}
