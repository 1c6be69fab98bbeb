import { echoed, shown, type Fault } from '../base/fault';

const SHORTEST_EMAIL = 6;
export const LONGEST_EMAIL = 64;

/**
 * What AWS holds against an account's e-mail address.
 * (AWS Organizations API reference, "CreateAccount", parameter `Email`.)
 *
 * @param isForFactory the Account Factory of Control Tower is to enroll the account
 */
export function emailFaults(email: string, isForFactory = false): readonly Fault[] {
  const field = 'accountEmailPattern';
  const value = echoed(email);
  const faults: Fault[] = [];
  if (email.length < SHORTEST_EMAIL || email.length > LONGEST_EMAIL) {
    const message = `renders to ${shown(email)}, which has ${email.length} characters; AWS accepts ${SHORTEST_EMAIL} to ${LONGEST_EMAIL}. Choose shorter identifiers, or cut them in the pattern, as in #{projectIdentifier:%.7s}.`;
    faults.push({ field, message, value, limit: LONGEST_EMAIL });
  }
  const problem = emailProblem(email);
  if (problem !== null) {
    const message = `renders to ${shown(email)}, which is no e-mail address that AWS accepts: ${problem}. Correct the pattern, or the identifiers and tags that it uses.`;
    faults.push({ field, message, value });
  }
  return faults.length === 0 && isForFactory ? factoryEmailFaults(email) : faults;
}

/**
 * What the Account Factory of AWS Control Tower holds against the e-mail address of an account that it is to enroll. It
 * would say so when the account has long been made, and an e-mail address is never free again.
 *
 * @evidence documented controltower/userguide/common-eg-failures: the regular expression of an account's e-mail
 */
function factoryEmailFaults(email: string): readonly Fault[] {
  if (FACTORY_EMAIL.test(email)) return [];
  const message =
    `renders to ${shown(email)}, which AWS Control Tower does not enroll: before the '@' it takes only letters, digits and ` +
    '._%+-, and after the last dot only letters. Correct accountEmailPattern in platform.json, or the identifiers and tags that it uses; or take a landing zone without awsEnrollAccount.';
  return [{ field: 'accountEmailPattern', message, value: echoed(email), limit: FACTORY_EMAIL_RULE }];
}

const FACTORY_EMAIL_RULE = '[A-Z0-9a-z._%+-]+@[A-Za-z0-9.-]+[.]+[A-Za-z]+';
const FACTORY_EMAIL = new RegExp(`^${FACTORY_EMAIL_RULE}$`);

/** null: it is an e-mail address by AWS's rules, its length aside. */
function emailProblem(email: string): string | null {
  const [local = '', domain = '', ...more] = email.split('@');
  if (more.length > 0 || !email.includes('@')) return `it must have exactly one '@'`;
  return localPartProblem(local) ?? domainProblem(domain);
}

function localPartProblem(local: string): string | null {
  if (local === '') return `there must be something before the '@'`;
  if (!/^[\u0021-\u007E]+$/.test(local)) return `before the '@' only ASCII characters other than spaces may stand`;
  if (/["'()<>[\]:;,\\|%&]/.test(local)) return `none of "'()<>[]:;,\\|%& may stand before the '@'`;
  return local.startsWith('.') ? 'it must not begin with a dot' : null;
}

function domainProblem(domain: string): string | null {
  if (!/^[A-Za-z0-9.-]+$/.test(domain)) return `after the '@' only letters, digits, hyphens and dots may stand`;
  if (/^[.-]|[.-]$/.test(domain)) return 'the domain must not begin or end with a hyphen or a dot';
  if (!domain.includes('.') || domain.includes('..')) return 'the domain must be names with single dots between them';
  return null;
}

const LONGEST_NAME = 50;

/** What AWS holds against an account's name. (AWS Organizations API reference, "CreateAccount", `AccountName`.) */
export function accountNameFaults(name: string): readonly Fault[] {
  const faults: Fault[] = [];
  if (name.length > LONGEST_NAME) {
    const message = `is ${shown(name)} (<workspace>.<project>), which has ${name.length} characters; AWS accepts at most ${LONGEST_NAME}. Choose shorter identifiers.`;
    faults.push({ field: 'account.name', message, value: echoed(name), limit: LONGEST_NAME });
  }
  if (!/^[\u0020-\u007E]+$/.test(name)) {
    const message = `is ${shown(name)} (<workspace>.<project>); AWS accepts printable ASCII characters only. Choose other identifiers.`;
    faults.push({ field: 'account.name', message, value: echoed(name), limit: 'printable ASCII' });
  }
  return faults;
}

const SHORTEST_ALIAS = 3;
const LONGEST_ALIAS = 63;

/** As meshStack does before it sets an alias: no hyphens at the ends, and single ones in between. */
export const sanitizedAlias = (rendered: string): string => rendered.replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');

/**
 * What AWS holds against an account alias.
 * (IAM API reference, "CreateAccountAlias"; IAM user guide: an alias may not be 12 digits, which would be an account
 * id.)
 */
export function aliasFaults(alias: string): readonly Fault[] {
  const field = 'accountAliasPattern';
  const value = echoed(alias);
  const faults: Fault[] = [];
  if (alias.length < SHORTEST_ALIAS || alias.length > LONGEST_ALIAS) {
    const message = `renders to ${shown(alias)}, which has ${alias.length} characters; AWS accepts ${SHORTEST_ALIAS} to ${LONGEST_ALIAS}. Choose other identifiers, or change the pattern, as in #{projectIdentifier:%.20s}.`;
    faults.push({ field, message, value, limit: alias.length < SHORTEST_ALIAS ? SHORTEST_ALIAS : LONGEST_ALIAS });
  }
  const illegal = new Set(alias.match(/[^a-z0-9-]/gu));
  if (illegal.size > 0) {
    const message = `renders to ${shown(alias)}; an alias may have lower-case letters, digits and hyphens only, not ${[...illegal].map(shown).join(', ')}. Change the pattern, or the identifiers and tags that it uses.`;
    faults.push({ field, message, value, limit: 'a-z, 0-9, -' });
  }
  if (/^\d{12}$/.test(alias)) {
    const message = `renders to ${shown(alias)}; an alias of 12 digits looks like an account id and is refused by AWS. Add a letter to the pattern.`;
    faults.push({ field, message, value, limit: 'not 12 digits' });
  }
  return faults;
}

const LONGEST_UNIT_NAME = 128;

/**
 * What AWS holds against the name of a unit, and what we do: a space at its end, or a character that nobody sees, would
 * be a unit beside the one that people mean. (AWS Organizations API reference, "CreateOrganizationalUnit", `Name`.)
 */
export function unitNameFaults(name: string): readonly Fault[] {
  const field = 'workspaceOrgUnits.namePattern';
  const value = echoed(name);
  const faults: Fault[] = [];
  if (name.length > LONGEST_UNIT_NAME) {
    const message = `renders to ${shown(name)}, which has ${name.length} characters; AWS accepts at most ${LONGEST_UNIT_NAME} for the name of an organizational unit. Shorten the pattern in platform.json.`;
    faults.push({ field, message, value, limit: LONGEST_UNIT_NAME });
  }
  if (name !== name.trim() || /\p{C}/u.test(name)) {
    const message = `renders to ${shown(name)}; the name of an organizational unit may not begin or end with a space, nor have characters that cannot be seen. Correct the pattern in platform.json.`;
    faults.push({ field, message, value, limit: 'visible characters' });
  }
  return faults;
}

/** Before the name of every group that this application makes, as in meshStack. */
export const OWN_GROUP_PREFIX = 'mst-';

/** Names are compared without regard to case. */
export const beginsLikeOurs = (name: string): boolean => name.toLowerCase().startsWith(OWN_GROUP_PREFIX);

/** For how long a run waits for groups of the identity provider, unless the configuration says otherwise. */
export const GROUPS_WITHIN_HOURS = 24;
