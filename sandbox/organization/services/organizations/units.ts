import * as z from 'zod';
import { drawLowerCase } from '../../draw';
import type { OrganizationState, Unit } from '../../organization-state';
import { ServiceError } from '../../service-error';
import { operation, type CallContext, type Operation, type Target } from '../operation';
import { accountShape, unitShape } from './answer-shapes';
import { resourceArn, rootArn, unitArn } from './arns';
import { ancestry, isParent, listedAccounts, unitsUnder } from './hierarchy';
import { page, parentId, tags, unitId } from './input-shapes';
import { constraintViolation, refuseInput } from './invalid-input';
import { nextToken, pageOf } from './paging';
import { requestTags } from './tag-conditions';
import { checkTags } from './tags';

function checkParent(state: OrganizationState, id: string): void {
  if (!isParent(state, id)) {
    // @evidence documented "botocore organizations.ListChildren": ParentNotFoundException where there is no such root
    //   or OU
    throw new ServiceError('ParentNotFoundException', "You specified parent that doesn't exist.");
  }
}

const createUnitInput = z.object({
  ParentId: parentId,
  Name: z.string().min(1).max(128),
  Tags: tags.default([]),
});

/**
 * Two units of one name under one parent are refused, and so is one too many or one too deep.
 *
 * @evidence documented organizations/APIReference/API_CreateOrganizationalUnit: DuplicateOrganizationalUnitException;
 *   OU_NUMBER_LIMIT_EXCEEDED and OU_DEPTH_LIMIT_EXCEEDED of ConstraintViolationException
 * @evidence documented organizations/userguide/orgs_reference_limits: 2,000 units in an organization, five levels deep
 * @evidence assumed none: names that differ in upper and lower case alone are two names (decided by: two such calls)
 */
function createUnit({ state }: CallContext, input: z.infer<typeof createUnitInput>): object {
  checkParent(state, input.ParentId);
  checkTags(state, new Map(), input.Tags);
  if (unitsUnder(state, input.ParentId).some(({ name }) => name === input.Name)) {
    throw new ServiceError('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
  }
  if (state.units.size >= state.limits.units) {
    // @evidence documented "botocore organizations.ConstraintViolationException": OU_NUMBER_LIMIT_EXCEEDED for more
    //   units than an organization may have
    throw constraintViolation('OU_NUMBER_LIMIT_EXCEEDED', 'You have exceeded the number of OUs in an organization.');
  }
  if (ancestry(state, input.ParentId).length > state.limits.unitNesting) {
    // @evidence documented "botocore organizations.ConstraintViolationException": OU_DEPTH_LIMIT_EXCEEDED for a tree of
    //   more levels than allowed
    throw constraintViolation(
      'OU_DEPTH_LIMIT_EXCEEDED',
      'You have exceeded the number of levels that an OU tree can have.',
    );
  }
  const id = `ou-${state.seed.rootId.slice(2)}-${drawLowerCase(state.random, 8)}`;
  const unit: Unit = {
    id,
    arn: unitArn(state.seed, id),
    name: input.Name,
    parentId: input.ParentId,
    registered: false,
    tags: new Map(input.Tags.map(({ Key, Value }) => [Key, Value])),
  };
  state.units.set(id, unit);
  return { OrganizationalUnit: unitShape(state, unit) };
}

const parentTarget = ({ state }: CallContext, input: { readonly ParentId: string }) => [
  { resource: resourceArn(state.seed, input.ParentId) },
];

/**
 * @evidence documented "botocore organizations.CreateOrganizationalUnit": with tags, the caller needs
 *   organizations:TagResource
 */
const taggingOf = ({ Tags }: z.infer<typeof createUnitInput>): readonly Target[] =>
  Tags.length === 0 ? [] : [{ action: 'organizations:TagResource', resource: '*', conditions: requestTags(Tags) }];

export const unitOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:ListRoots": ListRoots answers Roots
    name: 'ListRoots',
    write: false,
    input: z.object(page),
    answer: ({ state: { seed } }) => {
      const PolicyTypes = [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }];
      return { Roots: [{ Id: seed.rootId, Arn: rootArn(seed, seed.rootId), Name: 'Root', PolicyTypes }] };
    },
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:DescribeOrganizationalUnit": DescribeOrganizationalUnit
    //   answers OrganizationalUnit
    name: 'DescribeOrganizationalUnit',
    write: false,
    input: z.object({ OrganizationalUnitId: unitId }),
    targets: ({ state }, input) => [{ resource: resourceArn(state.seed, input.OrganizationalUnitId) }],
    answer: ({ state }, input) => {
      const unit = state.units.get(input.OrganizationalUnitId);
      if (unit === undefined) {
        const message = "You specified an organizational unit that doesn't exist.";
        // @evidence documented "botocore organizations.DescribeOrganizationalUnit": OrganizationalUnitNotFoundException
        //   for an id that no unit has
        throw new ServiceError('OrganizationalUnitNotFoundException', message);
      }
      return { OrganizationalUnit: unitShape(state, unit) };
    },
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:CreateOrganizationalUnit": CreateOrganizationalUnit answers
    //   OrganizationalUnit
    name: 'CreateOrganizationalUnit',
    write: true,
    input: createUnitInput,
    targets: (context, input) => [...parentTarget(context, input), ...taggingOf(input)],
    answer: createUnit,
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:ListOrganizationalUnitsForParent":
    //   ListOrganizationalUnitsForParent answers OrganizationalUnits
    name: 'ListOrganizationalUnitsForParent',
    write: false,
    input: z.object({ ParentId: parentId, ...page }),
    targets: parentTarget,
    answer: ({ state }, input) => {
      checkParent(state, input.ParentId);
      const paged = pageOf(unitsUnder(state, input.ParentId), input);
      return { OrganizationalUnits: paged.items.map((unit) => unitShape(state, unit)), ...nextToken(paged) };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore organizations.ListAccountsForParent": ListAccountsForParent answers Accounts
    name: 'ListAccountsForParent',
    write: false,
    input: z.object({ ParentId: parentId, ...page }),
    targets: parentTarget,
    answer: ({ state, now }, input) => {
      checkParent(state, input.ParentId);
      const children = listedAccounts(state, now).filter((account) => account.parentId === input.ParentId);
      const paged = pageOf(children, input);
      return { Accounts: paged.items.map((account) => accountShape(state, account)), ...nextToken(paged) };
    },
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:ListChildren": ListChildren answers Children
    name: 'ListChildren',
    write: false,
    input: z.object({ ParentId: parentId, ChildType: z.enum(['ACCOUNT', 'ORGANIZATIONAL_UNIT']), ...page }),
    targets: parentTarget,
    answer: ({ state, now }, input) => {
      checkParent(state, input.ParentId);
      const all = input.ChildType === 'ACCOUNT' ? listedAccounts(state, now) : [...state.units.values()];
      const children = all.filter((child) => child.parentId === input.ParentId);
      const paged = pageOf(children, input);
      return { Children: paged.items.map(({ id }) => ({ Id: id, Type: input.ChildType })), ...nextToken(paged) };
    },
  }),
];
