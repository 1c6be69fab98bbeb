import type { Account, Creation, OrganizationState, Unit } from '../../organization-state';
import { ancestry, pathFromRoot, pathText } from './hierarchy';

/** `Status` is gone from the API since September 2026; `State` took its place. */
export function accountShape(state: OrganizationState, account: Account): object {
  return {
    Id: account.id,
    Arn: account.arn,
    Email: account.email,
    Name: account.name,
    State: account.state,
    Paths: [pathText(state, pathFromRoot(state, account.id))],
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: new Date(account.joinedAt),
  };
}

export function unitShape(state: OrganizationState, unit: Unit): object {
  return { Id: unit.id, Arn: unit.arn, Name: unit.name, Path: pathText(state, ancestry(state, unit.id)) };
}

/** It has no e-mail, so a creation can be told from another of the same name only by its id. */
export function creationShape(creation: Creation): object {
  return {
    Id: creation.id,
    AccountName: creation.accountName,
    State: creation.state,
    RequestedTimestamp: new Date(creation.requestedAt),
    ...(creation.completedAt === null ? {} : { CompletedTimestamp: new Date(creation.completedAt) }),
    ...(creation.accountId === null ? {} : { AccountId: creation.accountId }),
    ...(creation.govCloudAccountId === null ? {} : { GovCloudAccountId: creation.govCloudAccountId }),
    ...(creation.failureReason === null ? {} : { FailureReason: creation.failureReason }),
  };
}
