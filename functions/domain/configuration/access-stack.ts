import { faultIf, type Fault } from '../base/fault';
import type { LandingZone } from './landing-zone';

const PREFIX = 'meshstack-cf-access-';

/** The name that meshStack gives to such stacks, too: the access role keeps the right to see them. */
export const accessStackSetName = (landingZone: string): string => `${PREFIX}${landingZone}`;

/** Whether AutomationAccountStack makes the stack set of this name. */
export const isAccessStackSet = (name: string): boolean => name.startsWith(PREFIX);

/** A landing zone whose access stack is the first of its stack sets: the rest of the application knows it as that. */
export function withAccessStack(landingZone: LandingZone, region: string): LandingZone {
  const { name, accessStack, stackSets } = landingZone;
  if (accessStack === undefined) return landingZone;
  const { regions = [region], removeStackInstances } = accessStack;
  const first = { name: accessStackSetName(name), homeRegion: region, regions };
  return {
    ...landingZone,
    stackSets: [{ ...first, ...(removeStackInstances === undefined ? {} : { removeStackInstances }) }, ...stackSets],
  };
}

/**
 * Names that the configuration cannot leave to the operator.
 *
 * @evidence documented AWSCloudFormation/latest/APIReference/API_CreateStackSet: the name of a stack set begins with a
 *   letter, has letters, digits and hyphens, and at most 128 characters
 */
export const accessStackFaults = ({ name, accessStack, stackSets }: LandingZone): readonly Fault[] => [
  ...faultIf(
    accessStack !== undefined && !/^[A-Za-z0-9-]{1,108}$/.test(name),
    'accessStack',
    accessStackSetName(name),
    'would be the name of its stack set, which has letters, digits and hyphens only, and at most 128 characters. Name the landing zone so, or make ' +
      'a stack set by hand and list it in stackSets.',
  ),
  ...stackSets.flatMap((stackSet, index) =>
    faultIf(
      accessStack !== undefined && stackSet.name === accessStackSetName(name),
      `stackSets[${index}].name`,
      stackSet.name,
      'is the stack set of accessStack, which comes first by itself. Remove one of the two.',
    ),
  ),
];
