import { DescribePolicyCommand, paginateListPoliciesForTarget } from '@aws-sdk/client-organizations';

import type { ServiceControlPolicies, ServiceControlPolicy } from '../ports/service-control-policies';
import type { AwsCaller } from './assumed-role';
import { calling } from './aws-error';
import { organizationsClient } from './organizations-client';

/** The one service control policy of AWS itself, which its name says all about; the right to read ours does not cover it. */
const FULL_AWS_ACCESS = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });

/** Service control policies, each document read once. */
export function organizationsServiceControlPolicies(caller: AwsCaller): ServiceControlPolicies {
  const client = organizationsClient(caller);
  const documents = new Map<string, Promise<string>>();
  const documentOf = (policyId: string): Promise<string> => {
    const document = documents.get(policyId) ?? describe(policyId);
    documents.set(policyId, document);
    return document;
  };
  const describe = async (policyId: string): Promise<string> => {
    const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId: policyId }));
    return Policy?.Content ?? '{}';
  };
  return {
    attachedTo: (targetId) =>
      calling(`read the service control policies of ${targetId}`, async () => {
        const policies: ServiceControlPolicy[] = [];
        const listed = { TargetId: targetId, Filter: 'SERVICE_CONTROL_POLICY' } as const;
        for await (const page of paginateListPoliciesForTarget({ client }, listed)) {
          for (const { Id = '', Name = '', AwsManaged = false } of page.Policies ?? []) {
            policies.push({ name: Name, document: AwsManaged ? FULL_AWS_ACCESS : await documentOf(Id) });
          }
        }
        return policies;
      }),
  };
}
