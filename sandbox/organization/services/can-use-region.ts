import { isOptIn } from '../../../functions/domain/places/partitions';
import type { Account } from '../organization-state';

/** Opt-in regions are there for accounts that have enabled them, all others for everybody. */
export const canUseRegion = ({ enabledRegions }: Pick<Account, 'enabledRegions'>, region: string): boolean =>
  !isOptIn(region) || enabledRegions.has(region);
