import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

import { tenantName } from '../logic/tenant-name';

interface PageLinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly isLarge?: boolean;
  /** Where the text alone says too little. */
  readonly label?: string;
}

/** A link that stays in the page. */
export function PageLink({ to, children, isLarge = false, label }: PageLinkProps): ReactNode {
  const navigate = useNavigate();
  return (
    <Link
      href={`#${to}`}
      {...(isLarge ? { fontSize: 'display-l' } : {})}
      {...(label === undefined ? {} : { ariaLabel: label })}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}

export const TenantLink = (tenant: Parameters<typeof tenantName>[0]): ReactNode => (
  <PageLink to={`/vendings/${tenant.tenantUuid}`}>{tenantName(tenant)}</PageLink>
);
