import '@cloudscape-design/global-styles/index.css';
import './console.css';

import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HashRouter } from 'react-router';

import { ApiProblem } from './api/client';
import { App } from './app';
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

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <I18nProvider locale="en" messages={[messages]}>
          <HashRouter>
            <App />
          </HashRouter>
        </I18nProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
