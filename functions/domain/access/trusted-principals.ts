import * as z from 'zod/mini';

import { parsedJson } from '../base/json';
import { type Condition, conditionHolds, fitsPattern } from './policy-condition';

/** The principals that a service role has to trust, and the ExternalId. */
export interface WantedTrust {
  readonly principalArns: readonly string[];
  readonly externalId: string;
}

/** What is wrong with a trust policy; nothing where all of it is empty or false. */
export interface TrustFlaws {
  /** The principals that it does not trust although it should. */
  readonly missing: readonly string[];
  /** The principals that it trusts beyond those. */
  readonly foreign: readonly string[];
  /** It lets somebody in who names no ExternalId. */
  readonly isOpen: boolean;
  /** It asks everybody for an ExternalId that is not the agreed one. */
  readonly hasOtherExternalId: boolean;
}

const TextsSchema = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((one) => [one].flat()),
);

const StatementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.pipe(
    z.union([z.string(), z.record(z.string(), TextsSchema)]),
    z.transform((one) => (typeof one === 'string' ? [one] : Object.values(one).flat())),
  ),
  Action: TextsSchema,
  Condition: z._default(z.record(z.string(), z.record(z.string(), TextsSchema)), {}),
});

type Statement = z.infer<typeof StatementSchema>;

const DocumentSchema = z.object({
  Statement: z.pipe(
    z.union([z.array(StatementSchema), StatementSchema]),
    z.transform((one) => [one].flat()),
  ),
});

/**
 * Judges a trust policy by IAM's rules, as far as somebody needs who assumes the role. Undefined where it says what no
 * template of ours says.
 */
export function flawsOfTrust(document: string, wanted: WantedTrust): TrustFlaws | undefined {
  const { data } = DocumentSchema.safeParse(parsedJson(document));
  if (data === undefined) return undefined;
  const entries = data.Statement.filter(({ Action }) => Action.some(isEntry));
  const allowing = entries.filter(({ Effect }) => Effect === 'Allow');
  const denying = entries.filter(({ Effect }) => Effect === 'Deny');
  const asked = allowing.flatMap(externalIdsOf);
  const isLetIn = (arn: string): boolean =>
    allowing.some((one) => isAbout(one, arn, wanted.externalId) === true) &&
    denying.every((one) => isAbout(one, arn, wanted.externalId) === false);
  return {
    missing: wanted.principalArns.filter((arn) => !isLetIn(arn)),
    foreign: [...new Set(allowing.flatMap(trustedBy))].filter((arn) => !wanted.principalArns.includes(arn)),
    isOpen: allowing.some((one) => externalIdsOf(one).length === 0),
    hasOtherExternalId: asked.length > 0 && !asked.includes(wanted.externalId),
  };
}

/** Includes SAML and web identity: callers that come that way are not functions. */
const isEntry = (action: string): boolean =>
  fitsPattern(action.toLowerCase(), 'sts:assumerole') || action.toLowerCase().startsWith('sts:assumerole');

/** Whether the statement is about this principal; undefined where that depends on what is not known. */
function isAbout({ Principal, Condition }: Statement, arn: string, externalId: string): boolean | undefined {
  return Principal.some((principal) => covers(principal, arn))
    ? conditionHolds(Condition, { 'aws:PrincipalArn': arn, 'sts:ExternalId': externalId })
    : false;
}

/** An account stands for everybody in it. */
const covers = (principal: string, arn: string): boolean =>
  principal === '*' || principal === arn || accountOf(principal) === arn.split(':')[4];

const accountOf = (principal: string): string | undefined =>
  /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/u.exec(principal)?.[1];

/** If a condition names principals, the statement trusts those of them that it lists; otherwise all that it lists. */
function trustedBy({ Principal, Condition }: Statement): readonly string[] {
  const named = valuesOf(Condition, PRINCIPAL_OPERATORS, 'aws:principalarn');
  return named.length === 0 ? Principal : named.filter((arn) => Principal.some((principal) => covers(principal, arn)));
}

const PRINCIPAL_OPERATORS: readonly string[] = ['ArnEquals', 'ArnLike', 'StringEquals', 'StringLike'];

/** `IfExists` would let in who names none. */
const externalIdsOf = ({ Condition }: Statement): readonly string[] =>
  valuesOf(Condition, ['StringEquals'], 'sts:externalid');

/** Keys are compared without regard to case. */
const valuesOf = (condition: Condition, operators: readonly string[], key: string): readonly string[] =>
  Object.entries(condition)
    .filter(([operator]) => operators.includes(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .flatMap(([name, values]) => (name.toLowerCase() === key ? [values].flat() : []));
