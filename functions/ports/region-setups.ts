import type { RegionSetup } from '../domain/enrollment-obstacles';
import type { MemberEntry } from './member-account';

/** What a member account has set up in one of its regions, as its access role sees it. */
export interface RegionSetups {
  /** What the access role may not see is taken for absent: who enrolls the account sees more. */
  of(entry: MemberEntry, region: string): Promise<RegionSetup>;
}
