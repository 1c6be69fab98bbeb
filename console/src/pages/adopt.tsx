import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { askForProposals } from '../api/actions';
import { AdoptionProgress } from '../components/adoption-progress';
import { ProblemAlert } from '../components/answered';
import { useTitle } from '../components/document-title';
import { ProposalTable } from '../components/proposal-table';
import { useUrlState } from '../components/url-state';

export default function Adopt(): ReactNode {
  useTitle('Adopt accounts');
  const [parameters, change] = useUrlState();
  const proposals = parameters.get('proposals');
  const adoption = parameters.get('adoption');
  const { mutate, isPending, error } = useMutation({
    mutationFn: askForProposals,
    onSuccess: ({ id }) => {
      change({ adoption: null, proposals: id });
    },
  });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Makes accounts that are already in the organization those of tenants."
          actions={
            <Button
              loading={isPending}
              onClick={() => {
                if (!isPending) mutate();
              }}
            >
              Propose
            </Button>
          }
        >
          Adopt accounts
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Alert type="info">
          Tags of an account say which workspace, project and landing zone it belongs to. With a mapping file in their
          place, use the command: docs/adopt.md says how.
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
    </ContentLayout>
  );
}
