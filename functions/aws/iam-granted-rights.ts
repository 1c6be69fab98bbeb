import { IAMClient, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';

import type { GrantedRights, RightsSubject } from '../ports/granted-rights';
import { type AwsCaller, managementCredentials } from './assumed-role';
import { calling, isAbsent } from './aws-error';
import { clientSettings } from './aws-settings';
import { globalRegion } from './global-region';

/** What roles in the management account may do, as IAM's policy simulator says. */
export function iamGrantedRights(caller: AwsCaller): GrantedRights {
  const client = new IAMClient({
    ...clientSettings(caller.settings, caller.functionName),
    ...globalRegion(caller),
    credentials: managementCredentials(caller),
  });
  return {
    hasRole: (roleArn) =>
      calling(`look for the role ${roleArn}`, async () => {
        try {
          await missing(client, roleArn, ['sts:AssumeRole'], undefined);
          return true;
        } catch (error) {
          if (isAbsent(error)) return false;
          throw error;
        }
      }),
    missing: (roleArn, actions, subject) =>
      calling(`simulate the policies of ${roleArn}`, () => missing(client, roleArn, actions, subject)),
  };
}

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

/** AWS's policy for end users of Service Catalog lets a session work on what a session of the same name has provisioned. */
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
