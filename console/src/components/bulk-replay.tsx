import Button from '@cloudscape-design/components/button';
import { type ReactNode, useState } from 'react';

import type { VendingsFilter } from '../logic/vendings-filter';
import { ReplayQuestion } from './replay-question';

interface Props {
  readonly label: string;
  /** Among which they are; its status is FAILED unless it says SHADOWED. */
  readonly filter: VendingsFilter;
  /** Absent: all that the filter finds. */
  readonly only?: readonly { readonly tenantUuid: string }[];
}

/** Replays several vendings behind one question, which says what would become of each. */
export function BulkReplay({ label, filter, only }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        disabled={only?.length === 0}
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {isOpen && (
        <ReplayQuestion
          wish={{ filter, only: only ?? null }}
          onEnd={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
