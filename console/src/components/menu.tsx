import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';

const link = (text: string, path: string): SideNavigationProps.Link => ({ type: 'link', text, href: `#${path}` });

const ITEMS: readonly SideNavigationProps.Item[] = [
  link('Overview', '/'),
  link('Vendings', '/vendings'),
  link('Failures', '/failures'),
  link('Lanes', '/lanes'),
  link('Dead letters', '/dead-letters'),
  { type: 'divider' },
  link('Order', '/order'),
  link('Adopt accounts', '/adopt'),
  { type: 'divider' },
  link('Rollouts', '/rollouts'),
  link('Drift', '/drift'),
  link('Usage', '/usage'),
  link('Preflight', '/preflight'),
  link('Settings', '/settings'),
];

export function Menu({ onFollow }: { readonly onFollow: () => void }): ReactNode {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <SideNavigation
      activeHref={`#/${pathname.split('/')[1] ?? ''}`}
      items={ITEMS}
      onFollow={(event) => {
        if (event.detail.external === true) return;
        event.preventDefault();
        onFollow();
        void navigate(event.detail.href.slice(1));
      }}
    />
  );
}
