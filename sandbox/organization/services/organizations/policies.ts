import * as z from 'zod';
import {
  attachedTo,
  policyId,
  type PolicyOfOrganization,
  resourcePoliciesAt,
} from '../../authorization/service-control-policies';
import type { OrganizationState } from '../../organization-state';
import { ServiceError } from '../../service-error';
import { operation, type CallContext, type Operation, type Target } from '../operation';
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

/** Where a policy can be attached. */
const places = (state: OrganizationState): readonly string[] => [
  state.seed.rootId,
  ...state.units.keys(),
  ...state.accounts.keys(),
];

const policiesAt = (state: OrganizationState, place: string): readonly PolicyOfOrganization[] => [
  ...attachedTo(state, place),
  ...resourcePoliciesAt(state, place),
];

/** Every policy that is attached anywhere, once. */
function allPolicies(state: OrganizationState): readonly PolicyOfOrganization[] {
  const attached = places(state).flatMap((place) => policiesAt(state, place));
  return [...new Map(attached.map((policy) => [policyId(policy), policy])).values()];
}

const Filter = z.enum([
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'TAG_POLICY',
  'BACKUP_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
  'DECLARATIVE_POLICY_EC2',
]);
const listInput = z.object({ TargetId: taggableId, Filter, ...page });
const allInput = z.object({ Filter, ...page });
const targetsInput = z.object({ PolicyId: id, ...page });

function listPoliciesForTarget({ state }: CallContext, input: z.infer<typeof listInput>): object {
  checkTarget(state, input.TargetId);
  return summaries(state, policiesAt(state, input.TargetId), input);
}

function summaries(
  state: OrganizationState,
  policies: readonly PolicyOfOrganization[],
  input: z.infer<typeof allInput>,
): object {
  const paged = pageOf(
    policies.filter(({ type }) => type === input.Filter),
    input,
  );
  return { Policies: paged.items.map((policy) => summary(state, policy)), ...nextToken(paged) };
}

function findPolicy(state: OrganizationState, wanted: string): PolicyOfOrganization | undefined {
  return allPolicies(state).find((policy) => policyId(policy) === wanted);
}

function knownPolicy(state: OrganizationState, wanted: string): PolicyOfOrganization {
  const policy = findPolicy(state, wanted);
  if (policy === undefined) {
    // @evidence documented "botocore organizations.DescribePolicy, organizations.ListTargetsForPolicy":
    //   PolicyNotFoundException for an id that no policy has
    throw new ServiceError('PolicyNotFoundException', "You specified a policy that doesn't exist.");
  }
  return policy;
}

/** IAM knows no resource for what belongs to AWS. */
function policyTarget(state: OrganizationState, wanted: string): readonly Target[] {
  const policy = findPolicy(state, wanted);
  return [{ resource: policy === undefined || policy.ofAws ? '*' : policyArn(state, policy) }];
}

function listTargetsForPolicy({ state }: CallContext, input: z.infer<typeof targetsInput>): object {
  const wanted = policyId(knownPolicy(state, input.PolicyId));
  const attached = places(state).filter((place) =>
    policiesAt(state, place).some((policy) => policyId(policy) === wanted),
  );
  const paged = pageOf(attached, input);
  return { Targets: paged.items.map((place) => targetShape(state, place)), ...nextToken(paged) };
}

function targetShape(state: OrganizationState, id: string): object {
  const child = state.units.get(id) ?? state.accounts.get(id);
  const kind = state.units.has(id) ? 'ORGANIZATIONAL_UNIT' : 'ACCOUNT';
  return {
    TargetId: id,
    Arn: resourceArn(state.seed, id),
    Name: child?.name ?? 'Root',
    Type: child === undefined ? 'ROOT' : kind,
  };
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
    // @evidence example "examples of AWS, organizations:ListPolicies": ListPolicies answers Policies
    name: 'ListPolicies',
    write: false,
    input: allInput,
    answer: ({ state }, input) => summaries(state, allPolicies(state), input),
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:ListTargetsForPolicy": ListTargetsForPolicy answers Targets
    name: 'ListTargetsForPolicy',
    write: false,
    input: targetsInput,
    targets: ({ state }, input) => policyTarget(state, input.PolicyId),
    answer: listTargetsForPolicy,
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:DescribePolicy": DescribePolicy answers Policy
    name: 'DescribePolicy',
    write: false,
    input: z.object({ PolicyId: id }),
    targets: ({ state }, input) => policyTarget(state, input.PolicyId),
    answer: ({ state }, input) => {
      const policy = knownPolicy(state, input.PolicyId);
      return { Policy: { PolicySummary: summary(state, policy), Content: policy.document } };
    },
  }),
];
