import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';

import { useTitle } from './document-title';

interface Props {
  readonly title: string;
  /** One sentence: what the page is for. */
  readonly description?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** What every page has: its name, in the tab of the browser as well, and its buttons. */
export function Page({ title, description, actions, children }: Props): ReactNode {
  useTitle(title);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={description} actions={actions}>
          {title}
        </Header>
      }
    >
      {children}
    </ContentLayout>
  );
}
