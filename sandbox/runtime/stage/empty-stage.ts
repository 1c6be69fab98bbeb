import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';

import { rolesInTemplate } from '../../organization/authorization/template-policies';
import { readCaller } from '../../organization/caller';
import { exampleOrganization } from '../../organization/example-organization';
import type { Organization } from '../../organization/organization';
import type { WireRequest } from '../../organization/wire/wire-message';
import { oneEndpoint } from './one-endpoint';
import { LOCAL_REGION, openPlanes, type PlaneEndpoints } from './planes';

/** A local AWS to which nothing is deployed: the organization has Control Tower and people, and no role of ours. */
export interface EmptyStage {
  readonly endpoints: EntryEndpoints;
  readonly stop: () => Promise<void>;
}

/** The endpoints, and the one that leads to both. */
export interface EntryEndpoints extends PlaneEndpoints {
  readonly entry: string;
}

const STACK = 'VendingStack';

/** @throws SandboxError when Python, a port or the network for pip is missing */
export async function emptyStage({ seed }: { readonly seed: number }): Promise<EmptyStage> {
  const deployed = { admit: (): Promise<void> => Promise.resolve() };
  const { organization, served, ministack } = await openPlanes({
    organization: { ...exampleOrganization(), serviceRoles: [] },
    seed,
    admitting: (request) => (isFunction(request) ? deployed.admit() : Promise.resolve()),
  });
  deployed.admit = rolesFrom(organization, ministack.endpoint);
  const planes = { runtime: ministack.endpoint, organization: served.endpoint };
  const entry = await oneEndpoint(planes, organization.state.seed.meshcloudAccountId);
  return {
    endpoints: { ...planes, entry: entry.endpoint },
    stop: async () => {
      await entry.close();
      await ministack.stop();
      await served.close();
    },
  };
}

const isFunction = (request: WireRequest): boolean => (readCaller(request)?.callerFunction ?? null) !== null;

/** A client of the runtime plane, in the account of the application. */
const runtimeStacks = (endpoint: string): CloudFormationClient => {
  const credentials = { accessKeyId: exampleOrganization().meshcloudAccountId, secretAccessKey: 'test' };
  return new CloudFormationClient({ endpoint, region: LOCAL_REGION, credentials });
};

/**
 * The runtime plane makes the roles of the functions; the organization is given them when one of these calls, so that
 * it judges by what is deployed now.
 */
function rolesFrom(organization: Organization, endpoint: string): () => Promise<void> {
  const client = runtimeStacks(endpoint);
  let known = '';
  return async () => {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    const { StackId = '', LastUpdatedTime, StackStatus = '' } = Stacks[0] ?? {};
    const state = [StackId, LastUpdatedTime?.toISOString() ?? '', StackStatus].join(' ');
    if (state === known) return;
    const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: STACK }));
    const { partition = 'aws', meshcloudAccountId: accountId } = organization.state.seed;
    // No role of a function asks for it.
    const parameters = { ExternalId: 'not-needed-here-00000' };
    organization.admitRoles(
      rolesInTemplate(parse(TemplateBody), { partition, region: LOCAL_REGION, accountId, parameters }),
    );
    known = state;
  };
}

/** The endpoint of the API, once the application is deployed; undefined before. */
export async function deployedApi(endpoint: string): Promise<string | undefined> {
  try {
    const { Stacks = [] } = await runtimeStacks(endpoint).send(new DescribeStacksCommand({ StackName: STACK }));
    const outputs = new Map(
      (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
    const [id, url] = [outputs.get('ApiId'), outputs.get('ApiUrl')];
    return id === undefined || url === undefined ? undefined : localApi(endpoint, id, url);
  } catch {
    // MiniStack has no stack of this name.
    return undefined;
  }
}

/** MiniStack answers an API below a path of its own; the stage is the path of the URL that AWS would give. */
export function localApi(endpoint: string, id: string, url: string): string {
  const [stage = ''] = new URL(url).pathname.split('/').filter((part) => part !== '');
  return `${endpoint}/restapis/${id}/${stage}/_user_request_`;
}
