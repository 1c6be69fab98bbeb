import type { VendingStatus } from '../api/client';
import { statusNamed } from './statuses';

/** What the API narrows a list of vendings by. */
export interface VendingsFilter {
  readonly status?: VendingStatus;
  readonly accountId?: string;
  readonly email?: string;
  readonly workspace?: string;
  readonly project?: string;
  readonly landingZone?: string;
  readonly error?: string;
  /** A day in UTC, or an instant with its zone. */
  readonly since?: string;
}

export type FilterName = keyof VendingsFilter;

/** In the words of the table's columns. */
export const FILTER_LABELS: Readonly<Record<FilterName, string>> = {
  status: 'Status',
  workspace: 'Workspace',
  project: 'Project',
  landingZone: 'Landing zone',
  error: 'Error',
  accountId: 'Account',
  email: 'E-mail',
  since: 'Changed since',
};

const isFilterName = (name: string): name is FilterName => Object.hasOwn(FILTER_LABELS, name);

export const FILTER_NAMES: readonly FilterName[] = Object.keys(FILTER_LABELS).filter(isFilterName);

/** The filter that an address names. An unknown status is none. */
export function filterIn(parameters: { readonly get: (name: string) => string | null | undefined }): VendingsFilter {
  const filter: Partial<Record<FilterName, string>> = {};
  for (const name of FILTER_NAMES) {
    const value = parameters.get(name)?.trim() ?? '';
    if (value !== '') filter[name] = value;
  }
  const { status: named, ...others } = filter;
  const status = statusNamed(named ?? null);
  return { ...others, ...(status === undefined ? {} : { status }) };
}

/** What an address calls a status, although there is none of this name. Null: it names one, or none at all. */
export function unknownStatusIn(parameters: Parameters<typeof filterIn>[0]): string | null {
  const named = parameters.get('status')?.trim() ?? '';
  return named === '' || statusNamed(named) !== undefined ? null : named;
}

/** What an address has to say of a filter: null takes a part out of it. */
export const addressOf = (filter: VendingsFilter): Readonly<Record<FilterName, string | null>> => ({
  status: filter.status ?? null,
  workspace: filter.workspace ?? null,
  project: filter.project ?? null,
  landingZone: filter.landingZone ?? null,
  error: filter.error ?? null,
  accountId: filter.accountId ?? null,
  email: filter.email ?? null,
  since: filter.since ?? null,
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/**
 * Where a search leads: a tenant by its UUID, or the vendings of an account, an e-mail, `workspace.project`, or a
 * workspace. Null: nothing was typed.
 */
export function searchTarget(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  if (UUID.test(text.toLowerCase())) return `/vendings/${text.toLowerCase()}`;
  const [workspace = '', project] = text.split('.');
  const filter: VendingsFilter = text.includes('@')
    ? { email: text }
    : /^\d{12}$/u.test(text)
      ? { accountId: text }
      : project === undefined || project === ''
        ? { workspace }
        : { workspace, project };
  return `/vendings?${new URLSearchParams(Object.entries(filter)).toString()}`;
}
