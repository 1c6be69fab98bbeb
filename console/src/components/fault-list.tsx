import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';

import type { PlacedFault } from '../logic/fault-places';

interface Props {
  readonly faults: readonly PlacedFault[];
  /** What the schema says about a field. */
  readonly helpOf: (field: string) => string | null;
  readonly onChoose: (fault: PlacedFault) => void;
}

/** Each fault with its line; a click puts the cursor there. */
export function FaultList({ faults, helpOf, onChoose }: Props): ReactNode {
  if (faults.length === 0) return null;
  return (
    <Alert type="error" header={faults.length === 1 ? 'One fault' : `${faults.length} faults`}>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.field} ${fault.message}`} className="breakable">
            <Link
              onFollow={() => {
                onChoose(fault);
              }}
            >
              Line {fault.line}
            </Link>
            {fault.field !== '' && <code> {fault.field}</code>} {fault.message}
            {helpOf(fault.field) !== null && <div>{helpOf(fault.field)}</div>}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
