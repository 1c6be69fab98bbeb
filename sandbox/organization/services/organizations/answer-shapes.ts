import type { Account, Creation, OrganizationState, Unit } from '../../organization-state';
import { ancestry, pathText } from './hierarchy';

/** The API has had no `Status` since September 2026; `State` replaced it. */
export function accountShape(state: OrganizationState, account: Account): object {
  return {
    Id: account.id,
    Arn: account.arn,
    Email: account.email,
    Name: account.name,
    State: account.state,
    Paths: [pathText(state, ancestry(state, account.id))],
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: new Date(account.joinedAt),
  };
}

/** No `Status` either, and no path. */
export const delegatedAdministratorShape = ({
  id,
  arn,
  email,
  name,
  state,
  joinedMethod,
  joinedAt,
}: Account): object => ({
  Id: id,
  Arn: arn,
  Email: email,
  Name: name,
  State: state,
  JoinedMethod: joinedMethod,
  JoinedTimestamp: new Date(joinedAt),
  DelegationEnabledDate: new Date(joinedAt),
});

export function unitShape(state: OrganizationState, unit: Unit): object {
  return { Id: unit.id, Arn: unit.arn, Name: unit.name, Path: pathText(state, ancestry(state, unit.id)) };
}

/** It has no e-mail, so that creations of the same name differ only by their ids. */
export function creationShape(creation: Creation): object {
  return {
    Id: creation.id,
    AccountName: creation.accountName,
    State: creation.state,
    RequestedTimestamp: new Date(creation.requestedAt),
    ...(creation.completedAt === null ? {} : { CompletedTimestamp: new Date(creation.completedAt) }),
    AccountId: creation.accountId ?? undefined,
    GovCloudAccountId: creation.govCloudAccountId ?? undefined,
    FailureReason: creation.failureReason ?? undefined,
  };
}
