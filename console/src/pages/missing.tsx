import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';

import { PageLink } from '../components/tenant-link';

export default function Missing(): ReactNode {
  return (
    <>
      <Header variant="h1">There is no such page</Header>
      <Alert type="warning">
        The address may be of another release. <PageLink to="/">To the overview</PageLink>
      </Alert>
    </>
  );
}
