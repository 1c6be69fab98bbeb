import { type Command, Option } from 'commander';

import { usageError } from '../usage-error';

export interface ProfilesGiven {
  readonly profile?: string;
  readonly profileAutomation?: string;
  readonly profileMeshcloud?: string;
}

export const profileOptions = (): readonly Option[] => [
  new Option('--profile <name>', 'a profile of the AWS CLI for the management account'),
  new Option('--profile-automation <name>', 'the same for the automation account'),
  new Option('--profile-meshcloud <name>', 'the same for the account of the application'),
];

export interface Profiles {
  readonly management: string;
  readonly automation: string;
  readonly meshcloud: string;
}

/** @throws OperatorError that names the options which are missing, all at once */
export function requiredProfiles(command: Command, given: ProfilesGiven): Profiles {
  const { profile: management, profileAutomation: automation, profileMeshcloud: meshcloud } = given;
  if (management !== undefined && automation !== undefined && meshcloud !== undefined) {
    return { management, automation, meshcloud };
  }
  const missing = [
    ...(management === undefined ? ['--profile for the management account'] : []),
    ...(automation === undefined ? ['--profile-automation for the automation account'] : []),
    ...(meshcloud === undefined ? ['--profile-meshcloud for the account of the application'] : []),
  ];
  throw usageError(command, `Profiles of the AWS CLI are missing. Add ${missing.join(', ')}.`);
}
