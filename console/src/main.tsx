import '@cloudscape-design/global-styles/index.css';
import './console.css';

import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HashRouter } from 'react-router';

import { ApiProblem, installation } from './api/client';
import { beginSession } from './api/session';
import { App } from './app';
import { NotSignedIn } from './components/not-signed-in';
import { applyTheme, savedTheme } from './theme';

applyTheme(savedTheme());

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What the API has refused it refuses again; a lost connection comes back.
      retry: (failures, error) => !(error instanceof ApiProblem && error.status < 500) && failures < 2,
      retryDelay: 1_000,
      staleTime: 2_000,
      // A connection to this machine is there even where the browser takes itself for offline.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** On AWS somebody has to sign in first; the browser leaves the page for it. */
async function begin(): Promise<void> {
  // Where the server is gone, the page says so itself.
  const { login } = await installation().catch(() => ({ login: null }));
  if (login === null) {
    show(<Whole />);
    return;
  }
  try {
    const { signedIn } = await import('./api/sign-in');
    const session = await signedIn(login);
    if (session === null) return;
    beginSession(session);
    show(<Whole />);
  } catch (error) {
    show(<NotSignedIn reason={error instanceof Error ? error.message : String(error)} />);
  }
}

const Whole = (): ReactNode => (
  <QueryClientProvider client={queryClient}>
    <HashRouter>
      <App />
    </HashRouter>
  </QueryClientProvider>
);

function show(page: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="en" messages={[messages]}>
        {page}
      </I18nProvider>
    </StrictMode>,
  );
}

void begin();
