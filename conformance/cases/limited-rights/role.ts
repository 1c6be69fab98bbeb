import { answers, asRole, type ConformanceCase, refuses, type Step } from '../../case';
import { type Pattern } from '../../pattern';

export const ROLE = { RoleName: '{{unique}}' };
export const POLICY = { ...ROLE, PolicyName: 'limited' };
export const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:{{partition}}:iam::{{management}}:root' }, Action: 'sts:AssumeRole' },
  ],
});

interface Right {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

export const documentOf = (rights: readonly Right[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: rights.map((right) => ({ Effect: 'Allow', Resource: '*', ...right })),
  });

const made = (rights: readonly Right[]): readonly Step[] => [
  answers('iam:CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST }),
  answers('iam:PutRolePolicy', { ...POLICY, PolicyDocument: documentOf(rights) }),
  // A refusal before the role can be assumed would say nothing about its rights.
  ...asRole([answers('sts:GetCallerIdentity', {}, {}, { within: 120 })]),
];

const GONE: readonly Step[] = [answers('iam:DeleteRolePolicy', POLICY), answers('iam:DeleteRole', ROLE)];

/** A role with these rights alone, and what it may and may not do. */
export const limited = (
  name: string,
  evidence: string,
  rights: readonly Right[],
  { before = [], steps, after = [], cleanup = [] }: Parts,
): ConformanceCase => ({
  name,
  evidence,
  steps: [...before, ...made(rights), ...asRole(steps), ...after],
  cleanup: [...cleanup, ...GONE],
});

interface Parts {
  readonly before?: readonly Step[];
  readonly steps: readonly Step[];
  readonly after?: readonly Step[];
  readonly cleanup?: readonly Step[];
}

/** Rights reach a role some time after they were given. */
export const may = (call: string, input: Step['input'], output: Pattern = {}, save?: string): Step =>
  answers(call, input, output, { within: 120, ...(save === undefined ? {} : { save }) });

export const mayNot =
  (error: string) =>
  (call: string, input: Step['input'] = {}): Step =>
    // Organizations may ask for a pause between writes.
    refuses(call, input, error, { within: 30 });

export const OWN_ROLE = 'arn:{{partition}}:iam::{{management}}:role/{{unique}}';
