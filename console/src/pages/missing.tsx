import Alert from '@cloudscape-design/components/alert';
import type { ReactNode } from 'react';

import { PageLink } from '../components/tenant-link';

export default function Missing(): ReactNode {
  return (
    <Alert type="warning" header="There is no such page">
      The address may be of another release. <PageLink to="/">To the overview</PageLink>
    </Alert>
  );
}
