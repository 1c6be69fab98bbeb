import { LONGEST_EMAIL } from '../../functions/domain/account/account-names';

/** As many characters as identifiers have unless the configuration says otherwise, and a tenant's number at most. */
const WORKSPACE = 16;
const PROJECT = 30;
const NUMBER = 8;
/** Fewer tell nobody which project an account is of. */
const SHORTEST_PROJECT = 4;

/**
 * The pattern of e-mail addresses in the mailbox of another address, by sub-addresses: of
 * `aws+management@corp.example` it takes `aws` and the domain. The project's identifier is cut so that each address
 * fits; where a long domain leaves no place for it, the tenant's number has to do.
 *
 * @returns undefined where the address leaves no place even for that
 */
export function emailPatternLike(email: string): string | undefined {
  const [, mailbox, domain] = /^([^+@\s]+)(?:\+[^@\s]*)?@([^@\s]+)$/u.exec(email) ?? [];
  if (mailbox === undefined || domain === undefined) return undefined;
  const left = LONGEST_EMAIL - `${mailbox}+@${domain}`.length - NUMBER;
  if (left < 0) return undefined;
  const project = Math.min(PROJECT, left - WORKSPACE - 2);
  const names = project < SHORTEST_PROJECT ? '' : `#{workspaceIdentifier}.#{projectIdentifier:%.${project}s}.`;
  return `${mailbox}+${names}#{tenantPlatformNumber}@${domain}`;
}

/** What aliases begin with: the name of the company, as its domain tells it. */
export function aliasPrefixOf(email: string): string {
  const labels = (email.split('@')[1] ?? '').toLowerCase().split('.');
  const name = (labels.at(-2) ?? '').replaceAll(/[^a-z0-9-]/gu, '').replaceAll(/^-+|-+$/gu, '');
  return name === '' ? 'aws' : name.slice(0, LONGEST_PREFIX);
}

/** Workspace, project and two hyphens take 48 of 63 characters. */
const LONGEST_PREFIX = 15;
