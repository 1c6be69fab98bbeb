import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CostExplorer } from '@aws-sdk/client-cost-explorer';
import { IAM } from '@aws-sdk/client-iam';
import { Identitystore } from '@aws-sdk/client-identitystore';
import { Organizations } from '@aws-sdk/client-organizations';
import { ServiceCatalog } from '@aws-sdk/client-service-catalog';
import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { STS } from '@aws-sdk/client-sts';

import type { ServiceName } from './case';
import type { AwsPlace, ClientSettings } from './client-settings';
import { restJsonClient } from './rest-json';

export interface AwsCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
}

/** Calls an operation by its name. */
type Client = (operation: string, input: object) => Promise<unknown>;

const CLIENTS: Readonly<Record<ServiceName, (one: ClientSettings) => Client>> = {
  account: (one) => restJsonClient(one, 'account'),
  controltower: (one) => restJsonClient(one, 'controltower'),
  organizations: (one) => byMethods(new Organizations(one)),
  sts: (one) => byMethods(new STS(one)),
  iam: (one) => byMethods(new IAM(one)),
  cloudformation: (one) => byMethods(new CloudFormation(one)),
  servicecatalog: (one) => byMethods(new ServiceCatalog(one)),
  identitystore: (one) => byMethods(new Identitystore(one)),
  'sso-admin': (one) => byMethods(new SSOAdmin(one)),
  'service-quotas': (one) => byMethods(new ServiceQuotas(one)),
  ce: (one) => byMethods(new CostExplorer(one)),
};

/** A client of the SDK has every operation as a method. */
const byMethods =
  (client: object): Client =>
  async (operation, input) => {
    const method: unknown = Reflect.get(client, `${operation.slice(0, 1).toLowerCase()}${operation.slice(1)}`);
    if (typeof method !== 'function') throw new TypeError(`The SDK has no ${operation} of ${client.constructor.name}.`);
    const answer: unknown = await Reflect.apply(method, client, [input]);
    return answer;
  };

/**
 * Calls any operation by its name. Nothing is tried again: a case sees each refusal.
 *
 * @throws the error of the SDK, or one of its shape
 */
export function awsCalls(place: AwsPlace): (call: AwsCall) => Promise<unknown> {
  const clients = new Map<string, Client>();
  return ({ service, operation, input, region }) => {
    const key = `${service} ${region}`;
    const client = clients.get(key) ?? CLIENTS[service]({ ...place, region, maxAttempts: 1 });
    clients.set(key, client);
    return client(operation, input);
  };
}
