import type { VendingPlan } from '../plan/plan';

/** A group that the identity provider brings, and what it is to have in the account. */
export type ExistingGroup = NonNullable<VendingPlan['existingGroups']>['groups'][number];
