import snsFullAccess from '../../authorization/managed-policies/AmazonSNSFullAccess.json';
import adminReadOnly from '../../authorization/managed-policies/AWSServiceCatalogAdminReadOnlyAccess.json';
import endUser from '../../authorization/managed-policies/AWSServiceCatalogEndUserFullAccess.json';
import { arnIn, documentIn, type Place } from '../../arn';

const allow = (actions: string | readonly string[], further: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*', ...further }],
  });

/** What the access role of a new account has, and what Control Tower and StackSets need in it. */
export const administratorAccess = { document: allow('*') } as const;

/**
 * AWS managed policies that can be attached, by what follows `arn:aws:iam::aws:policy/`, with their documents as AWS
 * has them (`authorization/managed-policies/README.md`). Those with null can be attached but grant nothing in this
 * model.
 */
const documents: ReadonlyMap<string, string | null> = new Map([
  ['AdministratorAccess', administratorAccess.document],
  [
    'IAMFullAccess',
    allow([
      'iam:*',
      'organizations:DescribeAccount',
      'organizations:DescribeOrganization',
      'organizations:DescribeOrganizationalUnit',
      'organizations:DescribePolicy',
      'organizations:ListChildren',
      'organizations:ListParents',
      'organizations:ListPoliciesForTarget',
      'organizations:ListRoots',
      'organizations:ListPolicies',
      'organizations:ListTargetsForPolicy',
    ]),
  ],
  [
    'IAMReadOnlyAccess',
    allow([
      'iam:GenerateCredentialReport',
      'iam:GenerateServiceLastAccessedDetails',
      'iam:Get*',
      'iam:List*',
      'iam:SimulateCustomPolicy',
      'iam:SimulatePrincipalPolicy',
    ]),
  ],
  ['AWSCloudFormationFullAccess', allow(['cloudformation:*'])],
  ['AmazonS3FullAccess', allow(['s3:*', 's3-object-lambda:*'])],
  ['AmazonSNSFullAccess', JSON.stringify(snsFullAccess)],
  ['PowerUserAccess', null],
  ['ReadOnlyAccess', null],
  ['SecurityAudit', null],
  ['job-function/ViewOnlyAccess', null],
  ['job-function/Billing', null],
  ['AWSServiceCatalogEndUserFullAccess', JSON.stringify(endUser)],
  ['AWSServiceCatalogAdminReadOnlyAccess', JSON.stringify(adminReadOnly)],
  ['AWSOrganizationsFullAccess', null],
  ['AWSOrganizationsReadOnlyAccess', null],
  ['AWSLambda_FullAccess', null],
  ['service-role/AWSLambdaBasicExecutionRole', null],
  ['aws-service-role/AWSOrganizationsServiceTrustPolicy', null],
]);

export const administratorAccessArn = (place: Place): string => `${prefixIn(place)}AdministratorAccess`;

export const isAttachable = (arn: string, place: Place = {}): boolean => documents.has(nameOf(arn, place));

/** The document of an AWS managed policy; null if the policy grants nothing here. */
export function attachableDocument(arn: string, place: Place = {}): string | null {
  const document = documents.get(nameOf(arn, place)) ?? null;
  return document === null ? null : documentIn(place, document);
}

const prefixIn = (place: Place): string => arnIn(place, 'iam::aws:policy/');

/** Nothing of another partition has a name here. */
function nameOf(arn: string, place: Place): string {
  const prefix = prefixIn(place);
  return arn.startsWith(prefix) ? arn.slice(prefix.length) : '';
}
