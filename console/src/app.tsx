import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import Spinner from '@cloudscape-design/components/spinner';
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Route, Routes, useNavigate } from 'react-router';

import { session } from './api/session';
import { ApiTrouble } from './components/api-trouble';
import { Crash } from './components/crash';
import { Menu } from './components/menu';
import { useShortcuts } from './components/shortcuts';
import { TenantSearch } from './components/tenant-search';
import { Overview } from './pages/overview';
import { saveTheme, savedTheme, type Theme } from './theme';

const Vendings = lazy(() => import('./pages/vendings'));
const Vending = lazy(() => import('./pages/vending'));
const Failures = lazy(() => import('./pages/failures'));
const Lanes = lazy(() => import('./pages/lanes'));
const DeadLetters = lazy(() => import('./pages/dead-letters'));
const Rollouts = lazy(() => import('./pages/rollouts'));
const OneRollout = lazy(() => import('./pages/rollout'));
const Order = lazy(() => import('./pages/order'));
const Adopt = lazy(() => import('./pages/adopt'));
const Drift = lazy(() => import('./pages/drift'));
const Usage = lazy(() => import('./pages/usage'));
const Preflight = lazy(() => import('./pages/preflight'));
const Settings = lazy(() => import('./pages/settings'));
const Missing = lazy(() => import('./pages/missing'));

export function App(): ReactNode {
  useShortcuts();
  const [isMenuOpen, setMenuOpen] = useMenu();
  return (
    <>
      <a className="skip-link" href="#content" onClick={toContent}>
        Skip to the content
      </a>
      <div id="header">
        <Top />
      </div>
      <AppLayoutToolbar
        headerSelector="#header"
        navigation={
          <Menu
            onFollow={() => {
              if (NARROW.matches) setMenuOpen(false);
            }}
          />
        }
        navigationOpen={isMenuOpen}
        onNavigationChange={({ detail }) => {
          setMenuOpen(detail.open);
        }}
        ariaLabels={{ navigation: 'Pages', navigationToggle: 'Open the menu', navigationClose: 'Close the menu' }}
        toolsHide
        notifications={<ApiTrouble />}
        stickyNotifications
        content={
          <div id="content" tabIndex={-1}>
            <Crash>
              <Suspense fallback={<Spinner size="large" />}>
                <Pages />
              </Suspense>
            </Crash>
          </div>
        }
      />
    </>
  );
}

/** There, the menu covers the page. */
const NARROW = window.matchMedia('(max-width: 911px)');

/** Whether the menu is open: where there is room for it, also after a tablet was turned. */
function useMenu(): readonly [boolean, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(!NARROW.matches);
  useEffect(() => {
    const follow = ({ matches }: MediaQueryListEvent): void => {
      setOpen(!matches);
    };
    NARROW.addEventListener('change', follow);
    return () => {
      NARROW.removeEventListener('change', follow);
    };
  }, []);
  return [isOpen, setOpen];
}

function toContent(event: { preventDefault: () => void }): void {
  // The part behind # is the page.
  event.preventDefault();
  document.getElementById('content')?.focus();
}

const Pages = (): ReactNode => (
  <Routes>
    <Route path="/" element={<Overview />} />
    <Route path="/vendings" element={<Vendings />} />
    <Route path="/vendings/:tenantUuid" element={<Vending />} />
    <Route path="/failures" element={<Failures />} />
    <Route path="/lanes" element={<Lanes />} />
    <Route path="/dead-letters" element={<DeadLetters />} />
    <Route path="/rollouts" element={<Rollouts />} />
    <Route path="/rollouts/:id" element={<OneRollout />} />
    <Route path="/order" element={<Order />} />
    <Route path="/adopt" element={<Adopt />} />
    <Route path="/drift" element={<Drift />} />
    <Route path="/usage" element={<Usage />} />
    <Route path="/preflight" element={<Preflight />} />
    <Route path="/settings" element={<Settings />} />
    <Route path="*" element={<Missing />} />
  </Routes>
);

/** On AWS. On the own machine nobody signs in. */
function whoIsHere(): NonNullable<TopNavigationProps['utilities']> {
  const here = session();
  if (here === null) return [];
  const items = [{ id: 'out', text: 'Sign out' }];
  return [{ type: 'menu-dropdown', text: here.name, iconName: 'user-profile', items, onItemClick: here.signOut }];
}

const THEMES: Readonly<Record<Theme, string>> = { light: 'Light', dark: 'Dark', system: 'System' };

function Top(): ReactNode {
  const navigate = useNavigate();
  const [theme, setTheme] = useState(savedTheme());
  return (
    <TopNavigation
      identity={{
        href: '#/',
        title: 'Account vending',
        onFollow: (event) => {
          event.preventDefault();
          void navigate('/');
        },
      }}
      search={<TenantSearch />}
      utilities={[
        {
          type: 'menu-dropdown',
          text: `Theme: ${THEMES[theme]}`,
          items: Object.entries(THEMES).map(([id, text]) => ({ id, text })),
          onItemClick: ({ detail: { id } }) => {
            const chosen = id === 'light' || id === 'dark' ? id : 'system';
            saveTheme(chosen);
            setTheme(chosen);
          },
        },
        ...whoIsHere(),
      ]}
    />
  );
}
