import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { ROLLOUTS } from '../logic/rollouts';

export function RolloutBadge({ status }: Pick<Schemas['Rollout'], 'status'>): ReactNode {
  const { type, text } = ROLLOUTS[status];
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}
