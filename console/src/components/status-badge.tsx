import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

import type { VendingStatus } from '../api/client';
import { badgeOf } from '../logic/statuses';

export function StatusBadge(vending: { readonly status: VendingStatus; readonly stoppedAt: string | null }): ReactNode {
  const { type, text } = badgeOf(vending);
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}
