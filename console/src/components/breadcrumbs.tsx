import BreadcrumbGroup, { type BreadcrumbGroupProps } from '@cloudscape-design/components/breadcrumb-group';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

/** The way back to a list. Links are `#/…`, and the router follows them without loading the page again. */
export function Breadcrumbs({ items }: Pick<BreadcrumbGroupProps, 'items'>): ReactNode {
  const navigate = useNavigate();
  return (
    <BreadcrumbGroup
      items={items}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(event.detail.href.slice(1));
      }}
    />
  );
}
