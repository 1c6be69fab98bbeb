import { secretsManagerVersions } from '../../aws/secrets-manager/secrets-manager-versions';
import { environment } from '../../runtime/environment';
import { log } from '../../runtime/logger';
import type { BatchAnswer } from '../../runtime/on-lambda';
import { callWebhook } from '../notify';
import { httpsWebhook } from './https-webhook';

const webhook = httpsWebhook(environment('WEBHOOK_URL'), secretsManagerVersions({}, environment('WEBHOOK_SECRET_ARN')));

/** It has no ledger, which every function of `onLambda` has. */
export const handler = (event: unknown): Promise<BatchAnswer> =>
  callWebhook({ webhook, log, now: () => new Date() }, event);
