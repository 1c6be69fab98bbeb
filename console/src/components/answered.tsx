import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { ApiProblem, type Fault } from '../api/client';
import { session } from '../api/session';

interface Props<Data> {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  /** What is being read, for people: `the vendings`. */
  readonly what: string;
  readonly children: (data: Data) => ReactNode;
}

/** What was read; before that, that it is being read, or why it cannot be. Data stays when a later try fails. */
export function Answered<Data>({ query: { data, error, refetch }, what, children }: Props<Data>): ReactNode {
  if (data !== undefined) return children(data);
  if (error === null) return <StatusIndicator type="loading">Reading {what}</StatusIndicator>;
  return <ProblemAlert error={error} header={`Could not read ${what}`} onRetry={() => void refetch()} />;
}

export function ProblemAlert({
  error,
  header,
  onRetry,
}: {
  readonly error: unknown;
  readonly header: string;
  readonly onRetry?: () => void;
}): ReactNode {
  const faults = error instanceof ApiProblem ? error.faults : [];
  return (
    <Alert
      type="error"
      header={header}
      {...(onRetry === undefined ? {} : { action: <Button onClick={onRetry}>Try again</Button> })}
    >
      <span className="breakable">{sentenceOf(error)}</span>
      {faults.length > 0 && <Faults faults={faults} />}
    </Alert>
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) {
    const isSignedByServer = session() === null;
    const more =
      error.status === 403 && isSignedByServer
        ? ' Your AWS credentials may have expired: sign in again, as for the AWS CLI.'
        : '';
    return `${error.title}. ${error.message}${more}`;
  }
  return session() === null
    ? 'The console’s own server does not answer. Start it again in the terminal, and open the address that it prints.'
    : 'The console does not answer. Look at your connection.';
}

export const Faults = ({ faults }: { readonly faults: readonly Fault[] }): ReactNode => (
  <ul>
    {faults.map(({ field, message }) => (
      <li key={`${field} ${message}`} className="breakable">
        <Box variant="code">{field}</Box> {message}
      </li>
    ))}
  </ul>
);
