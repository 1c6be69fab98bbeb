import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { s3Configurations } from '../aws/s3/s3-configurations';
import { CONFIGURATION_FILE } from '../domain/configuration/configuration-hash';
import { CONFIGURATIONS_PREFIX, environment, ownRegion, storageEndpoint } from '../runtime/environment';
import { storeConfiguration } from './store-configuration';

/** Called by CloudFormation alone, during a deployment. */
export const handler = async (event: unknown): Promise<void> => {
  const settings = Object.entries({ region: ownRegion(), storageEndpoint: storageEndpoint() });
  const aws = Object.fromEntries(settings.filter(([, value]) => value !== undefined));
  const wait = async (milliseconds: number): Promise<void> => {
    await setTimeout(milliseconds);
  };
  await storeConfiguration(
    {
      store: s3Configurations(
        aws,
        { bucket: environment('CONFIGURATION_BUCKET'), prefix: CONFIGURATIONS_PREFIX },
        wait,
      ),
      text: () => readFileSync(path.join(import.meta.dirname, CONFIGURATION_FILE), 'utf8'),
      answer: async (url, body) => {
        const { ok, status } = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
        if (!ok) throw new Error(`CloudFormation did not take the answer (${status}).`);
      },
    },
    event,
  );
};
