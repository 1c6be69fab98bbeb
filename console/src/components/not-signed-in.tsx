import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';

/** In the place of all pages, where a sign-in has failed. */
export const NotSignedIn = ({ reason }: { readonly reason: string }): ReactNode => (
  <Box padding="l">
    <main>
      <h1>Account vending</h1>
      <Alert
        type="error"
        header="You could not be signed in"
        action={
          <Button
            onClick={() => {
              window.location.reload();
            }}
          >
            Try again
          </Button>
        }
      >
        <span className="breakable">{reason}</span>
        <div>If that stays so, ask whether the console is assigned to one of your groups in IAM Identity Center.</div>
      </Alert>
    </main>
  </Box>
);
