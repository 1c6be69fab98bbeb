const PREFIX = 'meshstack-cf-access-';

/** The name that meshStack gives to such stacks, too: the access role keeps the right to see them. */
export const accessStackSetName = (landingZone: string): string => `${PREFIX}${landingZone}`;

/** Whether AutomationAccountStack makes the stack set of this name. */
export const isAccessStackSet = (name: string): boolean => name.startsWith(PREFIX);
