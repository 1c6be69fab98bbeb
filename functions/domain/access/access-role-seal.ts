import { contentHash, parsedJson } from '../base/json';

/** The permissions boundary of a sealed access role: a managed policy of the member account. */
export interface Seal {
  /** Carries a hash of the content, so that what is found can be held against it. */
  readonly name: string;
  readonly arn: string;
  readonly document: string;
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string;
  readonly NotResource?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const PREFIX = 'account-vending-seal-';

/** What a later run does in a sealed account. */
const LOOKS = ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'];
const ALIASES = ['iam:ListAccountAliases', 'iam:CreateAccountAlias', 'iam:DeleteAccountAlias'];
const READS = ['iam:GetPolicy', 'iam:GetPolicyVersion'];
/** Taking away can only lower what the role may do: the boundary never grants, and is not among what can be taken. */
const LOSSES = ['iam:DetachRolePolicy', 'iam:DeleteRolePolicy'];

/**
 * What a sealed access role does in later runs. It can write the alias, and take policies from itself; nothing else.
 */
export const sealedWork = (partition: string, accountId: string, accessRole: string): readonly Statement[] => [
  { Sid: 'LookAtRoles', Effect: 'Allow', Action: LOOKS, Resource: `arn:${partition}:iam::${accountId}:role/*` },
  // IAM knows no resource for aliases.
  { Sid: 'NameAccount', Effect: 'Allow', Action: ALIASES, Resource: '*' },
  { Sid: 'ReadSeal', Effect: 'Allow', Action: READS, Resource: sealArn(partition, accountId, '*') },
  { Sid: 'LoseRights', Effect: 'Allow', Action: LOSSES, Resource: roleArn(partition, accountId, accessRole) },
];

/**
 * The seal. It allows the work of later runs, and denies all else: a boundary without the denials would not stop what a
 * policy of some other resource grants to a session of the role. Source: "Permissions boundaries for IAM entities" of
 * the IAM User Guide.
 */
export function sealOf(partition: string, accountId: string, accessRole: string): Seal {
  const denials: readonly Statement[] = [
    { Sid: 'NothingElse', Effect: 'Deny', NotAction: [...LOOKS, ...ALIASES, ...READS, ...LOSSES], Resource: '*' },
    { Sid: 'NoOtherRole', Effect: 'Deny', Action: LOSSES, NotResource: roleArn(partition, accountId, accessRole) },
  ];
  const document = { Version: '2012-10-17', Statement: [...sealedWork(partition, accountId, accessRole), ...denials] };
  const name = `${PREFIX}${hashOf(document)}`;
  return { name, arn: sealArn(partition, accountId, name.slice(PREFIX.length)), document: JSON.stringify(document) };
}

/** Whether this policy, by its ARN, is a seal of this or an earlier release. */
export const isSeal = (policyArn: string | null): policyArn is string =>
  policyArn?.includes(`:policy/${PREFIX}`) === true;

/** Whether a seal says what it said when it was made, whatever release made it. */
export const isUnbroken = (sealArn: string, document: string): boolean =>
  sealArn.endsWith(`/${PREFIX}${hashOf(parsedJson(document))}`);

const hashOf = (document: unknown): string => contentHash(document).slice(0, 16);

export const sealArn = (partition: string, accountId: string, hash: string): string =>
  `arn:${partition}:iam::${accountId}:policy/${PREFIX}${hash}`;

export const roleArn = (partition: string, accountId: string, role: string): string =>
  `arn:${partition}:iam::${accountId}:role/${role}`;
