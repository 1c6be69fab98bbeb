import { OperatorError } from '../operator-error';
import { type ListFilters, vendingsOf } from './list-vendings';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/**
 * The uuid of a tenant that is named by it, by its account, by the e-mail of that, or as `workspace.project`.
 *
 * @throws OperatorError where there is none, or more than one
 */
export async function findTenant(apiUrl: string, named: string): Promise<string> {
  const filters = filtersOf(named);
  if (filters === undefined) return named;
  const { vendings } = await vendingsOf(apiUrl, filters, true);
  const uuids = [...new Set(vendings.map(({ tenantUuid }) => tenantUuid))];
  const [only, ...others] = uuids;
  if (only === undefined)
    throw new OperatorError(`There is no tenant '${named}'. vendings list shows those that there are.`);
  if (others.length === 0) return only;
  throw new OperatorError(`'${named}' are ${uuids.length} tenants: ${uuids.join(', ')}. Name one by its uuid.`);
}

/** Undefined: it is a uuid, or nothing else that could be one; the API says which. */
function filtersOf(named: string): ListFilters | undefined {
  if (UUID.test(named)) return undefined;
  if (/^\d{12}$/u.test(named)) return { account: named };
  if (named.includes('@')) return { email: named };
  const [workspace = '', project = '', ...others] = named.split('.');
  return workspace === '' || project === '' || others.length > 0 ? undefined : { workspace, project };
}
