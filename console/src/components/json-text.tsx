import type { ReactNode } from 'react';

/** JSON to be read and copied. Scrolled by keyboard, too. */
export const JsonText = ({ value }: { readonly value: unknown }): ReactNode => (
  <pre className="json-text" tabIndex={0}>
    {JSON.stringify(value, null, 2)}
  </pre>
);
