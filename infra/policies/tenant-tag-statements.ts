import { Aws, Fn } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { TENANT_TAG_KEY } from '../../functions/domain/plan/plan';
import { ACCOUNT_ARN } from './organization-arns';

const TAG_KEYS = 'aws:TagKeys';

/** `ForAllValues` holds where there is no such key, so the key has to be there. */
const NAMES_TAGS = { [TAG_KEYS]: 'false' };

/**
 * The class that creates and imports accounts puts the tenant's tag on them, and no other tag. AWS does not say on
 * which resource it judges the tags of an account that is yet to be made, so the statement names all, and its condition
 * the one tag.
 */
export const creations = (): readonly PolicyStatement[] => [
  new PolicyStatement({
    sid: 'OrgCreateTenantAccounts',
    actions: ['organizations:CreateAccount'],
    resources: ['*'],
    conditions: { Null: { [`aws:RequestTag/${TENANT_TAG_KEY}`]: 'false' } },
  }),
  new PolicyStatement({
    sid: 'OrgTenantTag',
    actions: ['organizations:TagResource'],
    resources: ['*'],
    conditions: { 'ForAllValues:StringEquals': { [TAG_KEYS]: [TENANT_TAG_KEY] }, Null: NAMES_TAGS },
  }),
];

/**
 * All other tags, of accounts. IAM compares the key of a resource's tag without regard to case, so no spelling of the
 * tenant's tag may be put or taken.
 */
export const taggings = (): readonly PolicyStatement[] => [
  new PolicyStatement({
    sid: 'OrgTags',
    actions: ['organizations:TagResource', 'organizations:UntagResource'],
    resources: [ACCOUNT_ARN],
    conditions: { Null: NAMES_TAGS },
  }),
  new PolicyStatement({
    sid: 'OrgTenantTagIsOfAnotherClass',
    effect: Effect.DENY,
    actions: ['organizations:TagResource', 'organizations:UntagResource'],
    resources: ['*'],
    conditions: { 'ForAnyValue:StringEqualsIgnoreCase': { [TAG_KEYS]: [TENANT_TAG_KEY] } },
  }),
];

/** Not in the document. Only accounts that carry the tag by which each is its tenant's. */
export const closings = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'OrgCloseVendedAccounts',
    actions: ['organizations:CloseAccount'],
    resources: [ACCOUNT_ARN],
    conditions: { Null: { [`aws:ResourceTag/${TENANT_TAG_KEY}`]: 'false' } },
  });

/**
 * The accounts that the organization itself works with are never closed, whatever tag is on them, and whatever right to
 * close somebody adds.
 *
 * @param serviceAccountIds ids, and texts that CloudFormation makes into ids
 */
export const serviceAccountsStay = (serviceAccountIds: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'OrgServiceAccountsStay',
    effect: Effect.DENY,
    actions: ['organizations:CloseAccount'],
    resources: serviceAccountIds.map(accountArn),
  });

const accountArn = (id: string): string =>
  Fn.join('', [`arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}:account/o-*/`, id]);
