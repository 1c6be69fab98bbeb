import { contentHash } from '../domain/base/json';
import type { Configuration } from '../domain/configuration/configuration';
import { answer, type Answer } from './answer';
import type { ConfigurationAnswer } from './operator-responses';

/** `GET /configuration`: what the operator has decided, as functions go by it. It holds no secrets, only their ARNs. */
export function getConfiguration({ configuration }: { readonly configuration: Configuration }): Promise<Answer> {
  const { platform, landingZones } = configuration;
  const body: ConfigurationAnswer = { hash: contentHash(configuration), platform, landingZones };
  return Promise.resolve(answer(200, body));
}
