import { uniquenessRemarks } from '../../domain/configuration/pattern-uniqueness';
import type { PlatformConfiguration } from '../../domain/configuration/platform-configuration';
import { type Check, ok } from '../check';

/** Information: AWS is not asked, and nothing is wrong as long as no two tenants meet in a name. */
export const uniqueNameChecks = (platform: PlatformConfiguration): readonly Check[] => [
  {
    id: 'unique-names',
    sentence: 'It is known whether the patterns of e-mail address and alias tell all tenants apart.',
    look: () => {
      const remarks = uniquenessRemarks(platform);
      return ok(remarks.length === 0 ? 'Both do.' : remarks.join(' '));
    },
  },
];
