import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';

import { useVendings } from '../api/queries';
import { similarTenants } from '../logic/tenant-name';
import type { VendingsFilter } from '../logic/vendings-filter';
import { PageLink, TenantLink } from './tenant-link';

/** Why a list of vendings is empty, and where to look next. */
export function NoVendings({ filter }: { readonly filter: VendingsFilter }): ReactNode {
  const { workspace, project } = filter;
  const names = [workspace, project].filter((name) => name !== undefined);
  return (
    <Box textAlign="center" color="inherit" padding="m">
      {Object.keys(filter).length === 0 ? (
        <>
          Nothing was ordered yet. <PageLink to="/order">Order an account</PageLink>
        </>
      ) : (
        <>
          No vending matches the filter.{' '}
          {workspace !== undefined && project === undefined && (
            <>
              <PageLink to={`/vendings?project=${encodeURIComponent(workspace)}`}>Look for a project</PageLink> called “
              {workspace}”.{' '}
            </>
          )}
          {names.length > 0 && <Similar names={names} />}
          If it was ordered and is not here, its message may be among the{' '}
          <PageLink to="/dead-letters">dead letters</PageLink>.
        </>
      )}
    </Box>
  );
}

/** The API finds whole names alone; these are found among the tenants that have changed last. */
function Similar({ names }: { readonly names: readonly string[] }): ReactNode {
  const newest = useVendings({ limit: 100 });
  const similar = similarTenants(newest.data?.vendings ?? [], names);
  if (similar.length === 0) return null;
  return (
    <>
      Similar names:{' '}
      {similar.map((tenant, index) => (
        <span key={tenant.tenantUuid}>
          {index > 0 && ', '}
          <TenantLink {...tenant} />
        </span>
      ))}
      .{' '}
    </>
  );
}
