import path from 'node:path';

import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import { type CheckReport, type PreflightRecord, statusOf } from '../../functions/domain/fleet/preflight';
import { checksOf } from '../../functions/preflight/handler';
import { runChecks } from '../../functions/preflight/check';
import type { Secrets } from '../../functions/ports/secrets';
import { controlTowerEndpoint } from '../../functions/runtime/environment';
import { loadConfiguration } from '../../infra/config';
import { variable } from '../environment';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { asSentence, errorMessage } from '../error-message';
import { environmentOf } from './role-environment';
import { withoutUntrustedFailures } from './untrusted-caller';

export interface DirectOptions {
  readonly configurationFolder: string;
  readonly secretId: string | undefined;
}

/** Checks with the caller's credentials, through the same roles. Needs no deployment of the application. */
export async function preflightDirectly(
  { configurationFolder, secretId }: DirectOptions,
  { notify, pause, now }: CommandContext,
): Promise<PreflightRecord> {
  const configuration = loadConfiguration(path.resolve(configurationFolder));
  const externalId = await externalIdOf(secretId);
  const callerArn = await identity();
  notify(`Looking as ${callerArn}.\n`);
  const startedAt = now().toISOString();
  const endpoint = controlTowerEndpoint();
  const checks = checksOf(
    {
      environment: (name) => environmentOf(configuration)[name] ?? '',
      secrets: secretsWith(externalId),
      meteringSecrets: secretsWith(variable('VENDING_METERING_EXTERNAL_ID') ?? externalId),
      aws: endpoint === undefined ? {} : { controlTowerEndpoint: endpoint },
      now,
    },
    configuration,
    'RunPreflight-by-hand',
  );
  const found: readonly CheckReport[] = withoutUntrustedFailures(await runChecks(checks, { pause }), callerArn);
  return {
    id: 'direct',
    status: statusOf(found),
    startedAt,
    finishedAt: now().toISOString(),
    checks: [...found],
  };
}

const secretsWith = (externalId: string): Secrets => ({
  externalId: () => Promise.resolve(externalId),
  scimAccessToken: () => Promise.resolve(''),
});

/** Never an argument: arguments are seen by everybody on the machine. */
async function externalIdOf(secretId: string | undefined): Promise<string> {
  const externalId = await knownExternalId(secretId);
  if (externalId !== undefined) return externalId;
  throw new OperatorError(
    'There is no ExternalId. Set VENDING_EXTERNAL_ID, or name the secret of VendingStack that holds it: --external-id-secret ID. Or look over ' +
      'the API: --api URL. Before the first deployment, look with your own rights: --profile NAME.',
  );
}

/** Undefined where nobody has said it. */
export async function knownExternalId(secretId: string | undefined): Promise<string | undefined> {
  if (secretId === undefined) return variable('VENDING_EXTERNAL_ID');
  try {
    const answer = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: secretId }));
    return answer.SecretString ?? '';
  } catch (cause) {
    throw new OperatorError(
      `The secret ${secretId} cannot be read: ${asSentence(errorMessage(cause))} It is the one of VendingStack, in the account and region of your credentials, ` +
        'which need secretsmanager:GetSecretValue on it.',
    );
  }
}

async function identity(): Promise<string> {
  try {
    const sts = new STSClient({ userAgentAppId: 'RunPreflight' });
    return (await sts.send(new GetCallerIdentityCommand({}))).Arn ?? '';
  } catch (cause) {
    throw new OperatorError(
      `There are no credentials that AWS takes: ${asSentence(errorMessage(cause))} Set them as for the AWS CLI.`,
    );
  }
}
