import { DescribePolicyCommand, paginateListPoliciesForTarget } from '@aws-sdk/client-organizations';

import type { ServiceControlPolicies, ServiceControlPolicy } from '../../ports/organizations';
import type { AwsSession } from '../base/aws-session';
import { calling } from '../base/aws-error';
import { organizationsClient } from './organizations-account-directory';

/** What AWS itself attaches everywhere; the right to read the organization's own does not cover it. */
const FULL_ACCESS_IDS: ReadonlySet<string> = new Set(['p-FullAWSAccess', 'p-RCPFullAWSAccess']);
const FULL_ACCESS = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });

/** Another policy of AWS could say anything: a judge of it cannot know. */
const NOT_READ = 'not read';

const FILTERS = { service: 'SERVICE_CONTROL_POLICY', resource: 'RESOURCE_CONTROL_POLICY' } as const;

/**
 * Service and resource control policies, each document read once.
 *
 * @evidence documented organizations/userguide/orgs_manage_policies_rcps: RCPFullAWSAccess is attached everywhere, and
 *   cannot be detached
 */
export function organizationsServiceControlPolicies(session: AwsSession): ServiceControlPolicies {
  const client = organizationsClient(session);
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
    attachedTo: (targetId, kind = 'service') =>
      calling(`read the ${kind} control policies of ${targetId}`, async () => {
        const policies: ServiceControlPolicy[] = [];
        const listed = { TargetId: targetId, Filter: FILTERS[kind] };
        for await (const page of paginateListPoliciesForTarget({ client }, listed)) {
          for (const { Id = '', Name = '', AwsManaged = false } of page.Policies ?? []) {
            policies.push({ name: Name, document: AwsManaged ? ofAws(Id) : await documentOf(Id) });
          }
        }
        return policies;
      }),
  };
}

const ofAws = (policyId: string): string => (FULL_ACCESS_IDS.has(policyId) ? FULL_ACCESS : NOT_READ);
