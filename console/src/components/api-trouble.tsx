import Button from '@cloudscape-design/components/button';
import Flashbar from '@cloudscape-design/components/flashbar';
import { type Query, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useSyncExternalStore } from 'react';

import { ApiProblem } from '../api/client';
import { session } from '../api/session';

/**
 * Says that the API does not answer, above whatever is shown. What was read stays; each query goes on asking, and the
 * notice goes when one of them is answered.
 */
export function ApiTrouble(): ReactNode {
  const cache = useQueryClient().getQueryCache();
  const trouble = useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => troubleOf(cache.getAll()),
  );
  if (trouble === null) return null;
  const newest = Math.max(0, ...cache.getAll().map(({ state }) => state.dataUpdatedAt));
  const shown = newest === 0 ? '' : ` What is shown is of ${new Date(newest).toLocaleTimeString('en-GB')}.`;
  const { header, remedy } = TROUBLES[trouble];
  if (trouble === 'signedOut') {
    const action = <Button onClick={() => session()?.signIn()}>Sign in again</Button>;
    return <Flashbar items={[{ id: 'api', type: 'warning', header, content: `${remedy}${shown}`, action }]} />;
  }
  return <Flashbar items={[{ id: 'api', type: 'error', header, content: `${remedy}${shown} Trying again.` }]} />;
}

const TROUBLES = {
  api: {
    header: 'The API does not answer',
    remedy: 'If that stays so, the log of the function Api says why.',
  },
  credentials: {
    header: 'AWS refuses your credentials',
    remedy: 'They may have expired: sign in again, as for the AWS CLI.',
  },
  server: {
    header: 'The console’s own server is gone',
    remedy: 'Look at the terminal: start it again there, and open the address that it prints.',
  },
  signedOut: {
    header: 'Your sign-in has ended',
    remedy: 'It lasts for an hour. Copy what you have typed before you sign in again.',
  },
  connection: {
    header: 'The console does not answer',
    remedy: 'Look at your connection.',
  },
} as const;

/** Null: the newest answer was one. */
function troubleOf(queries: readonly Query[]): keyof typeof TROUBLES | null {
  const asked = queries.filter((query) => query.isActive());
  const failing = asked.filter(({ state }) => isUnreachable(state.error));
  const failedAt = Math.max(...failing.map(({ state }) => state.errorUpdatedAt));
  const answeredAt = Math.max(...asked.map(({ state }) => state.dataUpdatedAt));
  const [first] = failing;
  if (first === undefined || failedAt < answeredAt) return null;
  const { error } = first.state;
  const isOnAws = session() !== null;
  if (!(error instanceof ApiProblem)) return isOnAws ? 'connection' : 'server';
  if (error.status === 401) return 'signedOut';
  return error.status === 403 ? 'credentials' : 'api';
}

/** Somebody who has signed in and may not do something is told where it was asked for. */
const isUnreachable = (error: unknown): boolean =>
  error !== null &&
  (!(error instanceof ApiProblem) || error.status >= 500 || error.status === (session() === null ? 403 : 401));
