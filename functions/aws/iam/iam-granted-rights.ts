import { GetRoleCommand, IAMClient, paginateSimulatePrincipalPolicy, type Role } from '@aws-sdk/client-iam';

import type { GrantedRights, RightsSubject } from '../../ports/iam';
import { automationCredentials, globalRegion, managementCredentials, otherCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, ignoreIf } from '../base/aws-error';
import { clientSettings } from '../base/aws-settings';

/** The management account, the automation account, or another one by a role there. */
type LookedInto = 'management' | 'automation' | { readonly roleArn: string };

function credentialsFor(session: AwsSession, account: LookedInto): ReturnType<typeof managementCredentials> {
  if (typeof account === 'object') return otherCredentials(session, account.roleArn);
  return account === 'management' ? managementCredentials(session) : automationCredentials(session);
}

/** What roles of an account may do, as IAM's policy simulator says, and whom they trust. */
export function iamGrantedRights(session: AwsSession, account: LookedInto): GrantedRights {
  const client = new IAMClient({
    ...clientSettings(session.settings, session.functionName),
    ...globalRegion(session),
    credentials: credentialsFor(session, account),
  });
  return {
    trustOf: (roleArn) =>
      calling(`look at the role ${roleArn}`, async () => {
        const answer = await ignoreIf(isAbsent, () => client.send(new GetRoleCommand({ RoleName: nameOf(roleArn) })));
        return answer === undefined ? undefined : trustIn(answer.Role, roleArn);
      }),
    missing: (roleArn, actions, subject) =>
      calling(`simulate the policies of ${roleArn}`, () => missing(client, roleArn, actions, subject)),
  };
}

const nameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';

/**
 * Names are unique in an account whatever their paths: one with another path is not the role that functions work with.
 *
 * @evidence documented "botocore iam.Role": AssumeRolePolicyDocument is URL-encoded (RFC 3986)
 */
const trustIn = (role: Role | undefined, roleArn: string): string | undefined =>
  role?.Arn === roleArn ? decodeURIComponent(role.AssumeRolePolicyDocument ?? '') : undefined;

async function missing(
  client: IAMClient,
  roleArn: string,
  actions: readonly string[],
  subject: RightsSubject | undefined,
): Promise<readonly string[]> {
  const allowed = new Set<string>();
  const input = {
    PolicySourceArn: roleArn,
    ActionNames: [...actions],
    ...(subject === undefined ? {} : { ResourceArns: [subject.resourceArn] }),
    ContextEntries: [OWN_PRODUCTS, ...Object.entries(subject?.tags ?? {}).map(tagOfResource)],
  };
  for await (const { EvaluationResults = [] } of paginateSimulatePrincipalPolicy({ client }, input)) {
    for (const { EvalActionName = '', EvalDecision } of EvaluationResults) {
      if (EvalDecision === 'allowed') allowed.add(EvalActionName.toLowerCase());
    }
  }
  return actions.filter((action) => !allowed.has(action.toLowerCase()));
}

/**
 * AWS's policy for end users of Service Catalog lets a session work on what a session of the same name has provisioned.
 */
const OWN_PRODUCTS = {
  ContextKeyName: 'servicecatalog:userLevel',
  ContextKeyType: 'string' as const,
  ContextKeyValues: ['self'],
};

const tagOfResource = ([key, value]: readonly [string, string]) => ({
  ContextKeyName: `aws:ResourceTag/${key}`,
  ContextKeyType: 'string' as const,
  ContextKeyValues: [value],
});
