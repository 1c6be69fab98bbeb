import type { Schemas } from '../api/client';
import type { Badge } from './statuses';

/** By the last word of its name, which says what has happened. */
export function indicatorOf(type: Schemas['TenantEvent']['type']): Badge['type'] {
  if (type.endsWith('Failed')) return 'error';
  if (type.endsWith('Delayed')) return 'warning';
  if (type.endsWith('Approval')) return 'pending';
  return type.endsWith('Shadowed') ? 'info' : 'success';
}
