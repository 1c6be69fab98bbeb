import * as z from 'zod/mini';

import { parsedJson, contentHash } from '../base/json';

/** The role by which StackSets work in accounts, and who may assume it. */
export const ExecutionRoleSchema = z.object({
  name: z.string(),
  managedPolicyArns: z.array(z.string()),
  trustedAccountId: z.string(),
  trustedRoleArns: z.array(z.string()),
});

export type ExecutionRole = Readonly<z.infer<typeof ExecutionRoleSchema>>;

/** The principals that roles trust which are created in members. */
export interface TrustInMembers {
  /** Null: none is configured, and stack sets bring their own. */
  readonly executionRole: ExecutionRole | null;
  /** Those by which customizations work, with the builds that may assume them. Absent: there are none. */
  readonly customizationRoles?: readonly ExecutionRole[];
  /** Control Tower works from there. */
  readonly managementAccountId: string;
}

/**
 * Whether both say the same in different words: a statement id, an empty condition, a list of one, an account's id for
 * its root. Control Tower writes its own role's trust, and in a registered OU nobody may write it again.
 */
export function isSameTrust(one: string, other: string): boolean {
  const said = meaningOf(one);
  return said !== undefined && said === meaningOf(other);
}

const TrustSchema = z.object({
  Statement: z.array(
    z.strictObject({
      Sid: z.optional(z.string()),
      Effect: z.string(),
      Principal: z.strictObject({ AWS: z.union([z.string(), z.array(z.string())]) }),
      Action: z.union([z.string(), z.array(z.string())]),
      Condition: z.optional(z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))),
    }),
  ),
});

function meaningOf(document: string): string | undefined {
  const { data } = TrustSchema.safeParse(parsedJson(document));
  const statements = data?.Statement.map(({ Effect, Principal, Action, Condition = {} }) => {
    const principals = [Principal.AWS].flat().map((arn) => /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(arn)?.[1] ?? arn);
    return [Effect, principals.toSorted(), [Action].flat().toSorted(), conditionsOf(Condition)];
  });
  return statements === undefined ? undefined : JSON.stringify(statements);
}

/** A key with one value, and the same in a list, are one. Operators and keys in another order are not told apart. */
const conditionsOf = (condition: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>): unknown =>
  Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => [operator, key, ...[values].flat().toSorted()].join(' ')),
    )
    .toSorted();

/**
 * The path of all our roles: the access role keeps the right to change and remove what is below it, and nothing else.
 */
export const SAML_ROLE_PATH = '/meshidb/';

export const samlProviderArn = (partition: string, accountId: string, name: string): string =>
  `arn:${partition}:iam::${accountId}:saml-provider/${name}`;

/**
 * Trusts the people whom the provider has signed in, for the AWS console. Source: IAM User Guide, "Create a role for
 * SAML 2.0 federation".
 */
export const samlTrust = (providerArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: providerArn },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
    ],
  });

export const isSamlTrust = (document: string, providerArn: string): boolean =>
  contentHash(parsedJson(document) ?? null) === contentHash(JSON.parse(samlTrust(providerArn)));
