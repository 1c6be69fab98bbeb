import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { type ReactNode, useState } from 'react';

import { deleteLetter, sendLetterBack } from '../api/actions';
import type { Schemas } from '../api/client';
import { useDeadLetters } from '../api/fleet-queries';
import { ActionModal } from '../components/action-modal';
import { Answered } from '../components/answered';
import { NextPage } from '../components/next-page';
import { Page } from '../components/page';
import { Since } from '../components/time';
import { useUrlState } from '../components/url-state';

type Letter = Schemas['DeadLetterSummary'];

/** What is asked about a letter: to send it back, or to delete it. */
interface Asked {
  readonly letter: Letter;
  readonly isBack: boolean;
}

export default function DeadLetters(): ReactNode {
  const [parameters] = useUrlState();
  const [asked, ask] = useState<Asked | null>(null);
  const query = useDeadLetters(parameters.get('cursor'));
  return (
    <Page
      title="Dead letters"
      description="Messages that could not be processed, the next one to be lost first. SQS keeps them for 14 days."
    >
      <Answered query={query} what="the dead letters">
        {({ deadLetters, cursor }) => (
          <Table
            wrapLines
            items={deadLetters}
            trackBy="id"
            columnDefinitions={columnsOf(ask)}
            ariaLabels={{ tableLabel: 'Dead letters' }}
            pagination={<NextPage next={cursor} />}
            empty={<Box>There are none.</Box>}
          />
        )}
      </Answered>
      {asked !== null && (
        <Question
          asked={asked}
          onEnd={() => {
            ask(null);
          }}
        />
      )}
    </Page>
  );
}

const Question = ({
  asked: { letter, isBack },
  onEnd,
}: {
  readonly asked: Asked;
  readonly onEnd: () => void;
}): ReactNode => (
  <ActionModal
    title={isBack ? 'Send this letter back?' : 'Delete this letter?'}
    label={isBack ? 'Send back' : 'Delete'}
    action={() => (isBack ? sendLetterBack(letter) : deleteLetter(letter))}
    onEnd={onEnd}
  >
    {isBack
      ? `${letter.returnsTo ?? ''} gets it again. If it still cannot be processed, it returns here.`
      : 'It is gone for good.'}
  </ActionModal>
);

const columnsOf = (ask: (asked: Asked) => void): readonly TableProps.ColumnDefinition<Letter>[] => [
  {
    id: 'reason',
    header: 'Why, and what to do',
    cell: ({ reason, field }) => (
      <div className="breakable">
        {field !== null && !reason.startsWith(`${field}:`) && <Box variant="code">{field}</Box>}
        {reason.split('\n').map((fault) => (
          <div key={fault}>{fault}</div>
        ))}
      </div>
    ),
    isRowHeader: true,
    minWidth: 280,
  },
  { id: 'queue', header: 'Queue', cell: ({ queue }) => queue, minWidth: 130 },
  { id: 'sent', header: 'Sent', cell: ({ sentAt }) => <Since instant={sentAt} />, minWidth: 110 },
  {
    id: 'body',
    header: 'Letter',
    cell: ({ body, isShortened }) => (
      <ExpandableSection headerText={isShortened ? 'The first 1,000 characters' : 'The whole message'}>
        <pre className="json-text" tabIndex={0}>
          {body}
        </pre>
      </ExpandableSection>
    ),
    minWidth: 220,
  },
  {
    id: 'actions',
    header: 'Actions',
    cell: (letter) => (
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          disabled={letter.returnsTo === null}
          ariaLabel={`Send back letter ${letter.id}`}
          onClick={() => {
            ask({ letter, isBack: true });
          }}
        >
          Send back
        </Button>
        <Button
          ariaLabel={`Delete letter ${letter.id}`}
          onClick={() => {
            ask({ letter, isBack: false });
          }}
        >
          Delete
        </Button>
      </SpaceBetween>
    ),
    minWidth: 220,
  },
];
