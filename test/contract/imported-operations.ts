import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Which clients speak to the organization, by the service name that they sign with. */
const organizationPlane: Readonly<Record<string, string>> = {
  '@aws-sdk/client-organizations': 'organizations',
  '@aws-sdk/client-config-service': 'config',
  '@aws-sdk/client-sts': 'sts',
  '@aws-sdk/client-iam': 'iam',
  '@aws-sdk/client-service-catalog': 'servicecatalog',
  '@aws-sdk/client-cloudformation': 'cloudformation',
  '@aws-sdk/client-lambda': 'lambda',
  '@aws-sdk/client-service-quotas': 'servicequotas',
  '@aws-sdk/client-sso-admin': 'sso',
  '@aws-sdk/client-identitystore': 'identitystore',
  '@aws-sdk/client-cost-explorer': 'ce',
};

/** `service:Operation` of every command and paginator that the functions import, read from their source. */
export function importedOperations(folder: string): readonly string[] {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
  return [...new Set(sources.flatMap(operationsOf))].sort();
}

export function operationsOf(source: string): readonly string[] {
  const imports = source.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'(@aws-sdk\/client-[a-z-]+)'/g);
  const commands = [...imports].flatMap(([, names = '', client = '']) => {
    const service = organizationPlane[client];
    return service === undefined ? [] : names.split(',').flatMap((name) => operationNamed(service, name.trim()));
  });
  return [...commands, ...operationsOfOurOwnClient(source)];
}

/** Control Tower and CodeBuild have no client of the SDK here: their operations are the members of a type. */
function operationsOfOurOwnClient(source: string): readonly string[] {
  const [, service = '', members = ''] = /type (ControlTower|CodeBuild)Operation =\s*([^;]*);/.exec(source) ?? [];
  return [...members.matchAll(/'(\w+)'/g)].map(([, name = '']) => `${service.toLowerCase()}:${name}`);
}

function operationNamed(service: string, name: string): readonly string[] {
  const operation = /^(\w+)Command$/.exec(name)?.[1] ?? /^paginate(\w+)$/.exec(name)?.[1];
  return operation === undefined ? [] : [`${service}:${operation}`];
}
