import { createHash } from 'node:crypto';

import * as z from 'zod/mini';

import { s3Configurations } from '../aws/s3/s3-configurations';
import { parsedJson } from '../domain/base/json';
import { ConfigurationError } from '../domain/base/errors';
import type { Configuration } from '../domain/configuration/configuration';
import type { ConfigurationAt, ConfigurationStore } from '../ports/configurations';
import { CONFIGURATIONS_PREFIX, type Runtime } from './environment';
import { type FunctionHandler, onLambda } from './on-lambda';

/**
 * Makes the Lambda handler of a function that works by the configuration of its deployment. It is read while the
 * process starts, once for all its events. A read that fails ends the event that waits for it, and the next event reads
 * again.
 */
export function onConfiguredLambda<Answer>(
  compose: (
    runtime: Runtime,
    configuration: Configuration,
    configurationAt: ConfigurationAt,
  ) => FunctionHandler<Answer>,
): ReturnType<typeof onLambda<Answer>> {
  return onLambda((runtime) => {
    const { aws, environment, wait } = runtime;
    const hash = environment('CONFIGURATION_HASH');
    const place = { bucket: environment('CONFIGURATION_BUCKET'), prefix: CONFIGURATIONS_PREFIX };
    const store = s3Configurations(aws, place, wait);
    const compositionOf = async (): Promise<FunctionHandler<Answer>> =>
      compose(runtime, await storedConfiguration(store, hash), configurationsIn(store));
    let composing: Promise<FunctionHandler<Answer>> | undefined;
    const composed = (): Promise<FunctionHandler<Answer>> => {
      composing ??= compositionOf().catch((error: unknown) => {
        composing = undefined;
        throw error;
      });
      return composing;
    };
    // Nobody waits for this one, and the first event finds what it has come to.
    composed().catch(() => undefined);
    return async (input) => (await composed())(input);
  });
}

/** Each is read once for each process: what is stored under a hash never changes. */
function configurationsIn(store: ConfigurationStore): ConfigurationAt {
  const known = new Map<string, Promise<Configuration>>();
  return (hash) => {
    const reading = known.get(hash) ?? storedConfiguration(store, hash);
    known.set(hash, reading);
    reading.catch(() => known.delete(hash));
    return reading;
  };
}

const Anything = z.looseObject({});

/**
 * Every field was checked when the app was synthesized, by the release that is deployed with it: schemas here would
 * only make cold starts longer.
 */
const StoredSchema = z.custom<Configuration>(
  (value) => z.object({ platform: Anything, landingZones: z.record(z.string(), Anything) }).safeParse(value).success,
);

/**
 * The configuration of this hash. Whatever is read under it is believed only if it has that hash: anyone who may write
 * to the bucket can make functions stop, and not make them work by something else.
 *
 * @public
 * @throws ConfigurationError when it is missing, or is not what was stored
 */
export async function storedConfiguration(store: ConfigurationStore, hash: string): Promise<Configuration> {
  const text = await store.read(hash);
  const found = createHash('sha256').update(text).digest('hex');
  const { data } = StoredSchema.safeParse(parsedJson(text));
  if (found === hash && data !== undefined) return data;
  throw new ConfigurationError(
    `The stored configuration ${hash} was changed since: its hash is ${found}. ` +
      'Find out who has written to the bucket of configurations, and deploy the app again.',
  );
}
