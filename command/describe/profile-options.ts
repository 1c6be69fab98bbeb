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

/** @throws OperatorError that names the option which is missing */
export function requiredProfiles(
  command: Command,
  { profile, profileAutomation, profileMeshcloud }: ProfilesGiven,
): Profiles {
  if (profile === undefined) throw missing(command, '--profile', 'the management account');
  if (profileAutomation === undefined) throw missing(command, '--profile-automation', 'the automation account');
  if (profileMeshcloud === undefined) throw missing(command, '--profile-meshcloud', 'the account of the application');
  return { management: profile, automation: profileAutomation, meshcloud: profileMeshcloud };
}

const missing = (command: Command, option: string, account: string) =>
  usageError(command, `${option} is missing. Name a profile of the AWS CLI for ${account}.`);
