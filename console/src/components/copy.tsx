import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import type { ReactNode } from 'react';

/** A value that people paste elsewhere. */
export const Copy = ({ text, what }: { readonly text: string; readonly what: string }): ReactNode => (
  <CopyToClipboard
    variant="inline"
    textToCopy={text}
    copyButtonAriaLabel={`Copy ${what}`}
    copySuccessText="Copied"
    copyErrorText="Could not be copied"
  />
);
