import { actingIn, type ActingIn, type ProfileSettings } from '../discover/profile-settings';
import { OperatorError } from '../operator-error';
import type { Deployment } from './installation';

/** The accounts of a deployment, as somebody acts in them. */
export interface Places {
  readonly management: ActingIn;
  readonly automation: ActingIn;
  readonly meshcloud: ActingIn;
  /** The delegated administrator account of IAM Identity Center; undefined: nobody acts there. */
  readonly identityCenter: ActingIn | undefined;
  readonly profiles: Deployment['profiles'];
}

export interface PlaceOptions {
  /** Absent: those that `deployment.json` names. */
  readonly profiles: { readonly [Account in keyof Deployment['profiles']]?: string | undefined };
  readonly identityCenterProfile: string | undefined;
  readonly region: string | undefined;
  readonly settingsOf: (profile: string) => ProfileSettings;
}

/** @throws OperatorError where a profile is missing, or AWS does not take it */
export async function placesOf(options: PlaceOptions, known: Deployment | undefined): Promise<Places> {
  const profiles = allProfiles(options.profiles, known?.profiles);
  const region = options.region ?? known?.region;
  const acting = (profile: string, option: string): Promise<ActingIn> =>
    actingIn({ ...options.settingsOf(profile), ...(region === undefined ? {} : { region }) }, option);
  const { identityCenterProfile: fourth } = options;
  return {
    management: await acting(profiles.management, '--profile'),
    automation: await acting(profiles.automation, '--profile-automation'),
    meshcloud: await acting(profiles.meshcloud, '--profile-meshcloud'),
    identityCenter: fourth === undefined ? undefined : await acting(fourth, '--profile-identity-center'),
    profiles,
  };
}

function allProfiles(
  given: PlaceOptions['profiles'],
  known: Partial<Deployment['profiles']> = {},
): Deployment['profiles'] {
  const management = given.management ?? known.management;
  const automation = given.automation ?? known.automation;
  const meshcloud = given.meshcloud ?? known.meshcloud;
  if (management !== undefined && automation !== undefined && meshcloud !== undefined) {
    return { management, automation, meshcloud };
  }
  throw new OperatorError(
    'Not all three profiles are known. Name profiles of the AWS CLI by --profile (management account), --profile-automation and --profile-meshcloud, ' +
      'or let init --discover write them into deployment.json.',
  );
}
