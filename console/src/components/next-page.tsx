import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import { useUrlState } from './url-state';

/** For lists that are read once from begin to end: the address has the place, and the browser's own way leads back. */
export function NextPage({ next }: { readonly next: string | null }): ReactNode {
  const [parameters, change] = useUrlState();
  const isFirst = !parameters.has('cursor');
  if (isFirst && next === null) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        disabled={isFirst}
        onClick={() => {
          change({ cursor: null });
        }}
      >
        First page
      </Button>
      <Button
        disabled={next === null}
        onClick={() => {
          change({ cursor: next });
        }}
      >
        Next page
      </Button>
    </SpaceBetween>
  );
}
