import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';

import type { AwsSession } from '../../functions/aws/base/aws-session';
import type { SdkRequestHandler } from '../../functions/aws/base/aws-settings';
import { preflightPermissions } from '../../functions/aws/permissions/reading-permissions';
import { controlTowerEndpoint } from '../../functions/runtime/environment';
import { asSentence, errorMessage } from '../error-message';
import { OperatorError } from '../operator-error';

/** Whom a client of AWS acts as. */
export interface ProfileSettings {
  /** A profile of the AWS CLI; absent: the credentials that every AWS command finds. */
  readonly profile?: string;
  readonly region?: string;
  /** In the place of a profile's, for tests. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler?: SdkRequestHandler;
}

/** An account, as somebody acts in it. */
export interface ActingIn {
  readonly accountId: string;
  readonly arn: string;
  readonly partition: string;
  /** The region of the profile, or as given. */
  readonly region: string;
  readonly settings: ProfileSettings;
}

/** AWS turns calls away for a while now and then; reading again harms nothing. */
export const PATIENT = { maxAttempts: 6 } as const;

/** @throws OperatorError when AWS does not take the credentials, or no region is known */
export async function actingIn(settings: ProfileSettings, option: string): Promise<ActingIn> {
  const sts = new STSClient({ ...PATIENT, ...settings });
  const named = settings.profile === undefined ? 'the credentials' : `the profile ${settings.profile}`;
  const region = await sts.config.region().catch(() => undefined);
  if (region === undefined) {
    throw new OperatorError(`No region is known for ${named}. Give it by --region, or set one in the profile.`);
  }
  try {
    const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    const [, partition = 'aws'] = Arn.split(':');
    return { accountId: Account, arn: Arn, partition, region, settings: { ...settings, region } };
  } catch (cause) {
    throw new OperatorError(
      `AWS does not take ${named}: ${asSentence(errorMessage(cause))} Sign in (aws sso login), or name another by ${option}.`,
    );
  }
}

/** What adapters of the functions read through, with the credentials of a person in the place of the roles. */
export function sessionOf(management: ActingIn, automation: ActingIn | undefined): AwsSession {
  const { profile, requestHandler } = management.settings;
  const endpoint = controlTowerEndpoint();
  return {
    settings: {
      ...PATIENT,
      region: management.region,
      ...(profile === undefined ? {} : { profile }),
      ...(requestHandler === undefined ? {} : { requestHandler }),
      ...(endpoint === undefined ? {} : { controlTowerEndpoint: endpoint }),
    },
    functionName: 'account-vending',
    sessionName: 'account-vending',
    managementRoleArn: () => `arn:${management.partition}:iam::${management.accountId}:role/MeshfedServiceRole`,
    memberEntryRoleArn: () => '',
    automationRoleArn: () => '',
    secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
    permissions: preflightPermissions,
    caller: { management: credentialsOf(management), automation: credentialsOf(automation ?? management) },
  };
}

/** The SDK knows where the credentials of a profile come from. */
const credentialsOf = ({ settings }: Pick<ActingIn, 'settings'>) => {
  const { credentials } = new STSClient(settings).config;
  return () => credentials();
};
