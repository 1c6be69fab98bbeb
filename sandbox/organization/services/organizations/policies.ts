import * as z from 'zod';
import {
  attachedTo,
  policyId,
  type PolicyOfOrganization,
  resourcePoliciesAt,
} from '../../authorization/service-control-policies';
import type { OrganizationState } from '../../organization-state';
import { ServiceError } from '../../service-error';
import { operation, type CallContext, type Operation } from '../operation';
import { resourceArn } from './arns';
import { isParent } from './hierarchy';
import { page, taggableId } from './input-shapes';
import { refuseInput } from './invalid-input';
import { nextToken, pageOf } from './paging';
import { arnIn } from '../../arn';

const id = z
  .string()
  .max(130)
  .regex(/^p-[0-9a-zA-Z_]{8,128}$/);

function policyArn({ seed }: OrganizationState, policy: Pick<PolicyOfOrganization, 'name' | 'type' | 'ofAws'>): string {
  const owner = policy.ofAws ? 'aws' : seed.managementAccountId;
  const organization = policy.ofAws ? '' : `${seed.organizationId}/`;
  return arnIn(seed, `organizations::${owner}:policy/${organization}${policy.type.toLowerCase()}/${policyId(policy)}`);
}

function summary(state: OrganizationState, policy: PolicyOfOrganization): object {
  return {
    Id: policyId(policy),
    Arn: policyArn(state, policy),
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: policy.ofAws,
  };
}

function checkTarget(state: OrganizationState, target: string): void {
  if (!isParent(state, target) && !state.accounts.has(target)) {
    // @evidence documented "botocore organizations.ListPoliciesForTarget": TargetNotFoundException where there is no
    //   such root, OU or account
    throw new ServiceError('TargetNotFoundException', "You specified a target that doesn't exist.");
  }
}

/** Every policy that is attached anywhere. */
function allPolicies(state: OrganizationState): readonly PolicyOfOrganization[] {
  const places = [state.seed.rootId, ...state.units.keys(), ...state.accounts.keys()];
  return places.flatMap((place) => [...attachedTo(state, place), ...resourcePoliciesAt(state, place)]);
}

const listInput = z.object({
  TargetId: taggableId,
  Filter: z.enum([
    'SERVICE_CONTROL_POLICY',
    'RESOURCE_CONTROL_POLICY',
    'TAG_POLICY',
    'BACKUP_POLICY',
    'AISERVICES_OPT_OUT_POLICY',
    'DECLARATIVE_POLICY_EC2',
  ]),
  ...page,
});

function listPoliciesForTarget({ state }: CallContext, input: z.infer<typeof listInput>): object {
  checkTarget(state, input.TargetId);
  const policies = [...attachedTo(state, input.TargetId), ...resourcePoliciesAt(state, input.TargetId)].filter(
    ({ type }) => type === input.Filter,
  );
  const paged = pageOf(policies, input);
  return { Policies: paged.items.map((policy) => summary(state, policy)), ...nextToken(paged) };
}

function findPolicy(state: OrganizationState, wanted: string): PolicyOfOrganization | undefined {
  return allPolicies(state).find((policy) => policyId(policy) === wanted);
}

/** Service and resource control policies as they are attached; they come with the seed. */
export const policyOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:ListPoliciesForTarget": ListPoliciesForTarget answers Policies
    name: 'ListPoliciesForTarget',
    write: false,
    input: listInput,
    targets: ({ state }, input) => [{ resource: resourceArn(state.seed, input.TargetId) }],
    answer: listPoliciesForTarget,
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:DescribePolicy": DescribePolicy answers Policy
    name: 'DescribePolicy',
    write: false,
    input: z.object({ PolicyId: id }),
    targets: ({ state }, input) => {
      const policy = findPolicy(state, input.PolicyId);
      // IAM knows no resource for what belongs to AWS.
      return [{ resource: policy === undefined || policy.ofAws ? '*' : policyArn(state, policy) }];
    },
    answer: ({ state }, input) => {
      const policy = findPolicy(state, input.PolicyId);
      if (policy === undefined) {
        // @evidence documented "botocore organizations.DescribePolicy": PolicyNotFoundException for an id that no
        //   policy has
        throw new ServiceError('PolicyNotFoundException', "You specified a policy that doesn't exist.");
      }
      return { Policy: { PolicySummary: summary(state, policy), Content: policy.document } };
    },
  }),
];
