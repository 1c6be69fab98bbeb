const UUID = '00000000-0000-4000-8000-000000000000';

/** One page, and what stands on it in each state that it can be in. */
export interface ListedPage {
  readonly name: string;
  readonly hash: string;
  /** When all is read. */
  readonly full: string;
  /** Where there is nothing. */
  readonly empty: string;
  /** What the page cannot read where the API fails; null: it reads nothing by itself. */
  readonly reads: string | null;
}

const page = (name: string, hash: string, full: string, empty: string, reads: string | null): ListedPage => ({
  name,
  hash,
  full,
  empty,
  reads,
});

const NO_VENDING = 'Could not read the vending';

export const PAGES: readonly ListedPage[] = [
  page('overview', '/', 'does not exist', 'No vending has failed.', 'the counts'),
  page('vendings', '/vendings', 'project-with-a-longer-name-3', 'Nothing was ordered yet.', 'the vendings'),
  page('vending', `/vendings/${UUID}`, 'Vending an account', NO_VENDING, 'the vending of tenant'),
  page('timeline', `/vendings/${UUID}?tab=timeline`, 'TagAccount', NO_VENDING, 'the vending of tenant'),
  page('changes', `/vendings/${UUID}?tab=changes`, 'tag key-44', NO_VENDING, 'the vending of tenant'),
  page('runs', `/vendings/${UUID}?tab=runs`, 'the night of 2026-11-27', NO_VENDING, 'the vending of tenant'),
  page('desired', `/vendings/${UUID}?tab=desired`, 'project.spec.tags.key-44', NO_VENDING, 'the vending of tenant'),
  page('events', `/vendings/${UUID}?tab=events`, 'Account Vending Delayed', NO_VENDING, 'the vending of tenant'),
  page('cost', `/vendings/${UUID}?tab=cost`, 'Amazon RDS', NO_VENDING, 'the vending of tenant'),
  page('failures', '/failures', 'Make the unit again', 'No vending has failed.', 'the failed vendings'),
  page('lanes', '/lanes', 'Ready about', 'There are no lanes.', 'the lanes'),
  page('dead-letters', '/dead-letters', 'It is not JSON.', 'There are none.', 'the dead letters'),
  page('order', '/order', '"replicationSequence"', '"replicationSequence"', null),
  page('adopt', '/adopt', 'You decide when you have seen it', 'You decide when you have seen it', null),
  page('proposals', '/adopt?proposals=a', 'account 44', 'Every account of the', 'the proposals'),
  page('adoption', '/adopt?adoption=a', 'account 44', 'Could not read the adoption', 'the adoption'),
  page('rollouts', '/rollouts', 'Stopped: waits for you', 'No rollout was planned yet.', 'the rollouts'),
  page('rollout', '/rollouts/r-0', 'sets tag key-44', 'Could not read the rollout', 'the rollout'),
  page('drift', '/drift', 'tag costCenter', 'No reconciliation began', 'the report'),
  page('usage', '/usage', 'retail-shop-3', 'were collected', 'the usage of'),
  page('workspaces', '/usage?by=workspace', '1,790.00 USD', 'were collected', 'the usage of'),
  page('preflight', '/preflight', 'There are findings', 'No preflight in the last', 'the preflight'),
  page('settings', '/settings', 'zone-44', 'Settings are read only', 'the landing zones'),
];
