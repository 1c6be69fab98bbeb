import { accountOf } from '../../account-of';
import { endFrom } from '../../draw';
import type { CallContext } from '../operation';
import type { AccountAssignment, IdentityCenter } from './identity-center';
import { notFound } from './sso-admin-errors';

/**
 * An account or a group that was just made may not be known yet to what makes assignments. How late each is follows
 * from its id, so that it changes no other random choice.
 *
 * @evidence assumed none: CreateAccountAssignment answers ResourceNotFoundException meanwhile (decided by: one right
 *   after CreateGroup)
 * @throws ServiceError where one of them is not known yet
 */
export function checkTargetsKnown(context: CallContext, center: IdentityCenter, assignment: AccountAssignment): void {
  const account = accountOf(context.state, assignment.accountId);
  if (account.joinedMethod === 'CREATED' && !isKnown(context, account.id, account.joinedAt)) {
    throw notFound(`Account ${account.id}`);
  }
  const group = center.groups.get(assignment.principalId);
  if (group !== undefined && !isKnown(context, group.id, group.createdAt)) {
    // @evidence documented "botocore sso-admin.CreateAccountAssignment": ResourceNotFoundException for a group that is
    //   not found
    throw notFound(`Principal ${group.id}`);
  }
}

const isKnown = ({ state: { latencies }, now }: CallContext, id: string, madeAt: number): boolean =>
  now >= endFrom(id, madeAt, latencies.assignmentTarget, latencies.scale);
