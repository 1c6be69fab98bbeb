import { type Check, ok, skipped } from '../../functions/preflight/check';

/** What a person who looks with credentials of their own knows. */
export interface CallerFacts {
  readonly managementArn: string;
  /** Undefined: nobody can look into the automation account. */
  readonly automationArn: string | undefined;
  /** The role by which a preflight of the application looks into the automation account, by name. */
  readonly automationRole: string;
  /** A role of the management account that nothing but our stack makes, by name. */
  readonly managementRole: string;
  /** Whether a role is there, by name; undefined: it is in an account into which nobody looks. */
  readonly isThere: (roleName: string) => Promise<boolean | undefined>;
  readonly knowsExternalId: boolean;
}

const LETS_IN = 'role-lets-in:';
const MANAGEMENT = 'caller-reads:management';
const AUTOMATION = 'caller-reads:automation';

/**
 * The checks of a preflight for somebody who looks without the service roles, before the first deployment for example.
 * What only these roles can tell is skipped, with the reason; everything else is checked with the caller's own rights.
 */
export function checksByCaller(checks: readonly Check[], facts: CallerFacts): readonly Check[] {
  return [
    callerReads(MANAGEMENT, 'management', facts.managementArn),
    callerReads(AUTOMATION, 'automation', facts.automationArn),
    ...checks.filter(({ id }) => !isAboutEntering(id)).map((check) => byCaller(check, facts)),
  ];
}

/** Whether a role lets this caller in says nothing: it trusts functions alone. */
const isAboutEntering = (id: string): boolean => id.startsWith(LETS_IN) || id.startsWith('role-asks-for-external-id:');

const callerReads = (id: string, account: string, arn: string | undefined): Check => ({
  id,
  sentence: `The ${account} account is looked at with your own credentials.`,
  judge: () => (arn === undefined ? skipped(NOBODY_THERE) : ok(arn)),
});

const NOBODY_THERE = 'Nobody can look there: name a profile of the automation account by --profile-automation.';

function byCaller(check: Check, facts: CallerFacts): Check {
  const needs = (check.needs ?? []).flatMap((need) => replaced(need, facts));
  const moved = { ...check, needs };
  const [, role] = /^role-(?:exists|trust):(.*)$/u.exec(check.id) ?? [];
  if (role !== undefined) return ofRole(moved, role, facts);
  if (check.id === LAUNCH_PATH) return { ...moved, judge: () => skipped(OWN_LAUNCH_PATHS) };
  if (!ABOUT_ROLES.has(check.id)) return moved;
  const { managementRole } = facts;
  return {
    ...moved,
    judge: async () =>
      (await facts.isThere(managementRole)) === true ? check.judge() : skipped(absent(managementRole)),
  };
}

const LAUNCH_PATH = 'account-factory-launch-path';
const OWN_LAUNCH_PATHS =
  'Launch paths are those of the caller, so only the role itself can tell: run the preflight over the API.';

/** What is asked about the rights of roles that our stacks make. */
const ABOUT_ROLES: ReadonlySet<string> = new Set([
  'account-factory-principal',
  'account-factory-rights',
  'account-closing-rights',
  'landing-zone-update-rights',
]);

function ofRole(check: Check, role: string, { isThere, knowsExternalId }: CallerFacts): Check {
  const isAboutTrust = check.id.startsWith('role-trust:');
  return {
    ...check,
    judge: async () => {
      const found = await isThere(role);
      if (found === undefined) return skipped(`Nobody looks into the account of ${role}.`);
      if (!found) return skipped(absent(role));
      return isAboutTrust && !knowsExternalId ? skipped(NO_EXTERNAL_ID) : check.judge();
    },
  };
}

const NO_EXTERNAL_ID =
  'The ExternalId is not known here: set VENDING_EXTERNAL_ID, name the secret of VendingStack by --external-id-secret, or run the preflight over the API.';

const absent = (role: string): string => `There is no role ${role} yet: npx account-vending deploy makes it.`;

/** A role that is absent is no reason to skip what it is asked about; `ofRole` says that itself. */
function replaced(need: string, { automationRole }: CallerFacts): readonly string[] {
  if (need.startsWith('role-exists:')) return [];
  if (!need.startsWith(LETS_IN)) return [need];
  return [need === `${LETS_IN}${automationRole}` ? AUTOMATION : MANAGEMENT];
}
