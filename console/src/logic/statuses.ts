import type { VendingStatus } from '../api/client';

export interface Badge {
  readonly text: string;
  /** Of Cloudscape's status indicator: an icon and a colour, so that the colour never says anything alone. */
  readonly type: 'success' | 'error' | 'in-progress' | 'pending' | 'info' | 'stopped' | 'warning';
}

/** Every status of the API. */
export const STATUSES: Readonly<Record<VendingStatus, Badge>> = {
  ACCEPTED: { text: 'Accepted', type: 'pending' },
  QUEUED: { text: 'Queued', type: 'pending' },
  RUNNING: { text: 'Running', type: 'in-progress' },
  AWAITING_APPROVAL: { text: 'Awaiting approval', type: 'warning' },
  VENDED: { text: 'Vended', type: 'success' },
  FAILED: { text: 'Failed', type: 'error' },
  REJECTED: { text: 'Rejected', type: 'error' },
  SUPERSEDED: { text: 'Superseded', type: 'stopped' },
  CLOSED: { text: 'Closed', type: 'stopped' },
  SHADOWED: { text: 'Shadowed', type: 'info' },
};

/** In the order in which an operator asks for them. */
export const STATUS_NAMES: readonly VendingStatus[] = [
  'FAILED',
  'RUNNING',
  'QUEUED',
  'AWAITING_APPROVAL',
  'ACCEPTED',
  'VENDED',
  'REJECTED',
  'SUPERSEDED',
  'SHADOWED',
  'CLOSED',
];

/** As the API or a badge writes it, in any case. Undefined: it is none. */
export function statusNamed(name: string | null): VendingStatus | undefined {
  const wanted = name?.trim().toUpperCase().replaceAll(' ', '_');
  return STATUS_NAMES.find((status) => status === wanted);
}

const UNDER_WAY: ReadonlySet<VendingStatus> = new Set(['ACCEPTED', 'QUEUED', 'RUNNING', 'AWAITING_APPROVAL']);

/** Whether something still happens by itself. */
export const isUnderWay = (status: VendingStatus): boolean => UNDER_WAY.has(status);

/** A run that was stopped is still called RUNNING until its end is recorded. */
export function badgeOf({
  status,
  stoppedAt,
}: {
  readonly status: VendingStatus;
  readonly stoppedAt: string | null;
}): Badge {
  return stoppedAt !== null && isUnderWay(status) ? { text: 'Stopping', type: 'stopped' } : STATUSES[status];
}
