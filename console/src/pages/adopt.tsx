import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import { askForProposals } from '../api/actions';
import { AdoptionProgress } from '../components/adoption-progress';
import { ProblemAlert } from '../components/answered';
import { DocumentLink } from '../components/document-link';
import { Page } from '../components/page';
import { ProposalTable } from '../components/proposal-table';
import { useSingleAction } from '../components/single-action';
import { useUrlState } from '../components/url-state';

export default function Adopt(): ReactNode {
  const [parameters, change] = useUrlState();
  const proposals = parameters.get('proposals');
  const adoption = parameters.get('adoption');
  const { start, isPending, error } = useSingleAction(askForProposals, ({ id }) => {
    change({ adoption: null, proposals: id });
  });
  return (
    <Page
      title="Adopt accounts"
      description="Makes accounts that are already in the organization those of tenants."
      actions={
        <Button loading={isPending} onClick={start}>
          Propose
        </Button>
      }
    >
      <SpaceBetween size="l">
        <Alert type="info">
          Tags of an account say which workspace, project and landing zone it belongs to. With a mapping file in their
          place, use the command: <DocumentLink name="adopting-an-organization">how to adopt</DocumentLink>.
        </Alert>
        {error !== null && <ProblemAlert error={error} header="No proposals could be made" />}
        {adoption !== null && <AdoptionProgress id={adoption} />}
        {adoption === null && proposals !== null && (
          <ProposalTable
            id={proposals}
            onAdopted={(id) => {
              change({ adoption: id });
            }}
          />
        )}
        {adoption === null && proposals === null && (
          <Box padding="m">“Propose” reads the organization and changes nothing. You decide when you have seen it.</Box>
        )}
      </SpaceBetween>
    </Page>
  );
}
