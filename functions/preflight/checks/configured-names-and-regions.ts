import type { Configuration } from '../../domain/configuration/configuration';
import { uniquenessRemarks } from '../../domain/configuration/pattern-uniqueness';
import type { PlatformConfiguration } from '../../domain/configuration/platform-configuration';
import { isOptIn, partitionOfRegion } from '../../domain/places/partitions';
import { type Check, ok, unknown } from '../check';

/**
 * Regions that a new account does not have. Stack instances there fail ("Prepare to perform StackSet operations in AWS
 * Regions that are disabled by default", CloudFormation User Guide), and people do not get in from an Identity Center
 * there ("Managing IAM Identity Center in an opt-in Region", IAM Identity Center User Guide), until somebody has
 * enabled the region for the account. Nothing is called, so this is always told.
 */
export const optInRegionChecks = ({ platform, landingZones }: Configuration): readonly Check[] => [
  ...Object.values(landingZones).flatMap(({ name, stackSets }) =>
    stackSets.flatMap((stackSet) =>
      checkOf(`stack-set-regions:${name}/${stackSet.name}`, stackSet.regions, {
        sentence: `New accounts have the regions of the stack set ${stackSet.name} in the landing zone ${name}.`,
        consequence: 'stack instances there fail',
        elsewhere: `take the region out of regions of the stack set ${stackSet.name} in landing zone ${name}`,
      }),
    ),
  ),
  ...checkOf('identity-center-region', [platform.awsIdentityStore?.region ?? ''], {
    sentence: 'New accounts have the region of IAM Identity Center.',
    consequence: 'nobody gets in from the access portal',
    elsewhere: 'move IAM Identity Center to a region that is enabled by default',
  }),
];

interface Words {
  readonly sentence: string;
  readonly consequence: string;
  readonly elsewhere: string;
}

function checkOf(
  id: string,
  regions: readonly string[],
  { sentence, consequence, elsewhere }: Words,
): readonly Check[] {
  const optIn = regions.filter(isOptIn);
  const page = partitionOfRegion(optIn[0] ?? '')?.regionsPage;
  if (page === undefined) return [];
  const judge = () =>
    unknown(
      `A new account has not enabled ${optIn.join(', ')}: until somebody does, ${consequence}.`,
      `Have something of your own enable ${optIn.join(', ')} for each new account (${page}), or ${elsewhere}.`,
    );
  return [{ id, sentence, judge }];
}

/** Information: AWS is not asked, and nothing is wrong as long as no two tenants meet in a name. */
export const uniqueNameChecks = (platform: PlatformConfiguration): readonly Check[] => [
  {
    id: 'unique-names',
    sentence: 'It is known whether the patterns of e-mail address and alias tell all tenants apart.',
    judge: () => {
      const remarks = uniquenessRemarks(platform);
      return ok(remarks.length === 0 ? 'Both do.' : remarks.join(' '));
    },
  },
];
