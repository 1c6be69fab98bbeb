import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';

import { decide, replay, stop } from '../api/actions';
import type { VendingDetail } from '../api/client';
import { useLandingZoneOf } from '../api/queries';
import { isUnderWay } from '../logic/statuses';
import { tenantName } from '../logic/tenant-name';
import { utcText } from '../logic/times';
import { ActionModal, REASON } from './action-modal';

interface Props {
  readonly vending: VendingDetail;
}

/** A button that opens a question. */
function Asking({
  label,
  isPrimary = false,
  children,
}: {
  readonly label: string;
  readonly isPrimary?: boolean;
  readonly children: (onEnd: () => void) => ReactNode;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant={isPrimary ? 'primary' : 'normal'}
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {isOpen &&
        children(() => {
          setOpen(false);
        })}
    </>
  );
}

export function ReplayButton({ vending }: Props): ReactNode {
  if (vending.status !== 'FAILED' && vending.status !== 'SHADOWED') return null;
  return (
    <Asking label="Replay" isPrimary>
      {(onEnd) => (
        <ActionModal
          title={`Replay ${tenantName(vending)}?`}
          label="Replay"
          action={() => replay(vending.tenantUuid)}
          onEnd={onEnd}
        >
          The run resumes at the state that failed. If it cannot be resumed, the same desired state runs again with a
          new plan. Remove the cause first, or it will fail again.
        </ActionModal>
      )}
    </Asking>
  );
}

export function StopButton({ vending }: Props): ReactNode {
  // A run that waits for a decision is ended by a rejection.
  if (vending.status === 'AWAITING_APPROVAL') return null;
  if (!isUnderWay(vending.status) || vending.stoppedAt !== null || vending.executionArn === null) return null;
  return (
    <Asking label="Stop">
      {(onEnd) => (
        <ActionModal
          title={`Stop ${tenantName(vending)}?`}
          label="Stop"
          asks={REASON}
          action={(reason) => stop(vending.tenantUuid, reason)}
          onEnd={onEnd}
        >
          The run ends where it is. What it has made in AWS stays. Within a few minutes the vending is shown as Failed,
          and can be replayed then.
        </ActionModal>
      )}
    </Asking>
  );
}

export function DecideButtons({ vending }: Props): ReactNode {
  if (vending.status !== 'AWAITING_APPROVAL') return null;
  const buttons = (['approve', 'reject'] as const).map((decision) => (
    <Asking key={decision} label={decision === 'approve' ? 'Approve' : 'Reject'} isPrimary={decision === 'approve'}>
      {(onEnd) => (
        <ActionModal
          title={`${decision === 'approve' ? 'Approve' : 'Reject'} ${tenantName(vending)}?`}
          label={decision === 'approve' ? 'Approve' : 'Reject'}
          asks={REASON}
          action={(reason) => decide(vending.tenantUuid, decision, reason)}
          onEnd={onEnd}
        >
          <SpaceBetween size="s">
            <div>{decision === 'approve' ? 'The run goes on.' : 'The run ends, and nothing is made.'}</div>
            <ApprovalFacts vending={vending} />
          </SpaceBetween>
        </ActionModal>
      )}
    </Asking>
  ));
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {buttons}
    </SpaceBetween>
  );
}

/** What somebody decides about. */
function ApprovalFacts({ vending }: Props): ReactNode {
  const { data: landingZone } = useLandingZoneOf(vending);
  const { workspaceIdentifier, projectIdentifier, requestedBy, approval } = vending;
  return (
    <KeyValuePairs
      columns={2}
      items={[
        { label: 'Workspace', value: workspaceIdentifier },
        { label: 'Project', value: projectIdentifier },
        { label: 'Landing zone', value: landingZone ?? '–' },
        { label: 'Requested by', value: <span className="breakable">{requestedBy ?? 'not known'}</span> },
        ...(approval === null ? [] : [{ label: 'To be decided by', value: utcText(approval.expiresAt) }]),
      ]}
    />
  );
}

/** A desired state for another tenant, that begins with what this one has. */
export function OrderAnother({ vending }: Props): ReactNode {
  const navigate = useNavigate();
  if (vending.status !== 'VENDED') return null;
  return (
    <Button onClick={() => void navigate(`/order?like=${vending.tenantUuid}`)}>Order another like this one</Button>
  );
}
