import * as z from 'zod/mini';
import { AnyNumber, AnyText, TextOrNull, Texts } from '../base/plain-schemas';

const common = {
  region: AnyText,
  managementAccountId: AnyText,
  /**
   * How many accounts Control Tower may work on at once, for all vendings together. Plans of earlier releases do not
   * say it.
   */
  concurrentEnrollments: z._default(AnyNumber, 5),
  /** The unit that an account is moved to when it leaves Control Tower. Absent: the root. */
  suspendedOrgUnitId: z.optional(AnyText),
};

const SsoUserSchema = z.object({ email: AnyText, firstName: AnyText, lastName: AnyText });

/** Enrollment by the Account Factory, and what it is asked for. */
const ByAccountFactorySchema = z.object({
  strategy: z.literal('account-factory'),
  ...common,
  accountFactoryProductId: AnyText,
  ssoUser: SsoUserSchema,
});

/** Control Tower enrolls the account when it is moved; what is configured for the Account Factory is not used then. */
const ByMoveSchema = z.object({
  strategy: z.literal('auto-enroll'),
  ...common,
  accountFactoryProductId: z.optional(AnyText),
  ssoUser: z.optional(SsoUserSchema),
});

/** How an account is enrolled in Control Tower. */
export const PlannedEnrollmentSchema = z.discriminatedUnion('strategy', [ByAccountFactorySchema, ByMoveSchema]);

export type FactoryEnrollment = Readonly<z.infer<typeof ByAccountFactorySchema>>;

/**
 * Which accounts of the organization may become a tenant's: those in or below one of the units, and those with the tag.
 * Either suffices.
 */
export const ImportRulesSchema = z.object({
  organizationalUnits: Texts,
  tag: z.nullable(z.object({ key: AnyText, value: AnyText })),
});

export type ImportRules = Readonly<z.infer<typeof ImportRulesSchema>>;

/** The unit that an account is in, and the tags that it carries. */
interface AccountPlace {
  /** From the unit (or root) that it is in up to the root. */
  readonly unitsAbove: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export const hasImportTag = ({ tag }: ImportRules, tags: AccountPlace['tags']): boolean =>
  tag !== null && Object.hasOwn(tags, tag.key) && tags[tag.key] === tag.value;

export const isInImportUnit = ({ organizationalUnits }: ImportRules, unitsAbove: AccountPlace['unitsAbove']): boolean =>
  organizationalUnits.some((unit) => unitsAbove.includes(unit));

/** What the rules allow, as the rest of a sentence. */
export function allowedImports({ organizationalUnits, tag }: ImportRules): string {
  const units = organizationalUnits.length === 0 ? [] : [`in or below ${organizationalUnits.join(', ')}`];
  return [...units, ...(tag === null ? [] : [`with the tag ${tag.key} = ${tag.value}`])].join(', or ');
}

/** The user of the Account Factory, and the IAM Identity Center in which it has what AWS gives it. */
export const FactoryUserSchema = z.object({
  email: AnyText,
  region: AnyText,
  /** Null where none is configured: AWS tells which one there is in the region. */
  instanceArn: TextOrNull,
  identityStoreId: TextOrNull,
});

export type FactoryUser = Readonly<z.infer<typeof FactoryUserSchema>>;
