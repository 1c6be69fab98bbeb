import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';

/** A page of docs/, as this release has it: the console's own server has it beside the page. */
export const DocumentLink = ({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactNode => (
  <Link external href={`docs/${name}.html`} externalIconAriaLabel="Opens in a new tab">
    {children}
  </Link>
);
