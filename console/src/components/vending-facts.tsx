import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';

import type { VendingDetail } from '../api/client';
import { useLandingZoneOf } from '../api/queries';
import { tookText } from '../logic/now-text';
import { isUnderWay } from '../logic/statuses';
import { timeText, utcText } from '../logic/times';
import { Copy } from './copy';
import { Instant, Since } from './time';

/** Who and what, when, and how much longer. */
export function VendingFacts({ vending }: { readonly vending: VendingDetail }): ReactNode {
  const { data: landingZone } = useLandingZoneOf(vending);
  return (
    <Container>
      <KeyValuePairs
        columns={3}
        minColumnWidth={250}
        items={[
          ...accountItems(vending),
          { label: 'Workspace', value: vending.workspaceIdentifier },
          { label: 'Landing zone', value: landingZone ?? '–' },
          ...runItems(vending),
          ...peopleItems(vending),
          ...approvalItems(vending),
        ]}
      />
    </Container>
  );
}

interface Item {
  readonly label: string;
  readonly value: ReactNode;
}

const accountItems = ({ tenantUuid, account }: VendingDetail): readonly Item[] => [
  { label: 'Tenant UUID', value: <Copy text={tenantUuid} what="the tenant’s UUID" /> },
  { label: 'Account', value: account === null ? 'None yet' : <Copy text={account.id} what="the account’s id" /> },
  ...(account === null
    ? []
    : [
        { label: 'Account name', value: account.name },
        { label: 'E-mail', value: <span className="breakable">{account.email}</span> },
      ]),
];

function runItems(vending: VendingDetail): readonly Item[] {
  const { replicationSequence, run, status, statusChangedAt, lane, estimate, executionArn } = vending;
  const took = tookText(vending);
  return [
    { label: 'Status since', value: <Since instant={statusChangedAt} /> },
    ...(took === null ? [] : [{ label: 'Took', value: took }]),
    ...(replicationSequence === null
      ? []
      : [{ label: 'Desired state', value: `${replicationSequence}, run ${run ?? '–'}` }]),
    ...(lane === null ? [] : [{ label: 'Waits in lane', value: `${lane.name}, position ${lane.position}` }]),
    ...(estimate === null
      ? isUnderWay(status)
        ? [{ label: 'Ready about', value: 'Not known: too few runs like this one, or none that took as long' }]
        : []
      : [
          {
            label: `Ready about, by ${estimate.basedOnRuns} runs`,
            value: (
              <>
                <Instant instant={estimate.readyAt} />
                <br />
                between {timeText(estimate.earliest)} and {timeText(estimate.latest)}
              </>
            ),
          },
        ]),
    ...(executionArn === null
      ? []
      : [
          { label: 'Execution', value: <Copy text={executionArn.split(':').at(-1) ?? executionArn} what="its name" /> },
        ]),
  ];
}

/** Who may decide, while somebody has to. */
const approvalItems = ({ status, approval }: VendingDetail): readonly Item[] =>
  status !== 'AWAITING_APPROVAL'
    ? []
    : [
        {
          label: 'Waits for a decision by',
          value: (
            <>
              an operator: a role with the policy docs/policies/operator.json, which may call POST /vendings/*/approval
              {approval !== null && `; until ${utcText(approval.expiresAt)}`}
            </>
          ),
        },
      ];

const peopleItems = ({ requestedBy, replayedBy, stoppedBy, approval }: VendingDetail): readonly Item[] =>
  [
    { label: 'Requested by', by: requestedBy },
    { label: 'Replayed by', by: replayedBy },
    { label: 'Stopped by', by: stoppedBy },
    { label: approval?.decision === 'reject' ? 'Rejected by' : 'Approved by', by: approval?.decidedBy ?? null },
  ].flatMap(({ label, by }) => (by === null ? [] : [{ label, value: <span className="breakable">{by}</span> }]));
