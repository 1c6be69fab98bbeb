import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { allServices } from '../../../sandbox/organization/services/all-services';
import { ensurePythonEnvironment } from '../../../sandbox/runtime/ministack/python-environment';
import { awsCommandLine } from '../../local-aws/shell-session';

/** An example of AWS for an operation that is modelled. */
export interface AwsExample {
  /** Where it stands, and which of them it is: `botocore organizations:ListRoots 1`. */
  readonly name: string;
  /** As the model calls it: `sso:CreateAccountAssignment`. */
  readonly operation: string;
  /** Nothing where the example does not show it in a form that can be sent. */
  readonly input?: object;
  readonly output: object;
}

/** Names of services that are not those that requests are signed with. */
const IN_BOTOCORE: Readonly<Record<string, string>> = { sso: 'sso-admin', servicequotas: 'service-quotas' };
const IN_THE_CLI: Readonly<Record<string, string>> = { ...IN_BOTOCORE, config: 'configservice' };

/** Every example of botocore and of the AWS CLI, at their pinned versions, that shows an answer. */
export async function awsExamples(): Promise<readonly AwsExample[]> {
  const { python } = await ensurePythonEnvironment();
  const botocore = path.join(packagesOf(path.dirname(path.dirname(python))), 'botocore/data');
  const cli = path.join(packagesOf(path.dirname(await awsCommandLine())), 'awscli/examples');
  return allServices.flatMap(({ signingName, operations }) =>
    [...operations.keys()].flatMap((name) => [
      ...botocoreExamples(botocore, signingName, name),
      ...cliExamples(cli, botocore, signingName, name),
    ]),
  );
}

function packagesOf(environment: string): string {
  const lib = path.join(environment, 'lib');
  const [python = ''] = readdirSync(lib).filter((name) => name.startsWith('python'));
  return path.join(lib, python, 'site-packages');
}

/** A data file of botocore, in the newest version of the service's API. */
function botocoreFile(botocore: string, service: string, file: string): Record<string, never> {
  const folder = path.join(botocore, IN_BOTOCORE[service] ?? service);
  const version = readdirSync(folder).toSorted().at(-1) ?? '';
  const plain = path.join(folder, version, file);
  if (existsSync(plain)) return JSON.parse(readFileSync(plain, 'utf8')) as Record<string, never>;
  if (!existsSync(`${plain}.gz`)) return {};
  return JSON.parse(gunzipSync(readFileSync(`${plain}.gz`)).toString('utf8')) as Record<string, never>;
}

interface BotocoreExamples {
  readonly examples?: Readonly<Record<string, readonly { readonly input?: object; readonly output?: object }[]>>;
}

function botocoreExamples(botocore: string, service: string, name: string): readonly AwsExample[] {
  const { examples = {} }: BotocoreExamples = botocoreFile(botocore, service, 'examples-1.json');
  return (examples[name] ?? []).flatMap(({ input = {}, output }, index) => {
    const operation = `${service}:${name}`;
    return [{ name: `botocore ${operation} ${index + 1}`, operation, input, output: output ?? {} }];
  });
}

/** The blocks of a page that are the answers that it shows; other JSON there is what a file is to contain. */
function cliExamples(cli: string, botocore: string, service: string, name: string): readonly AwsExample[] {
  const file = path.join(cli, IN_THE_CLI[service] ?? service, `${kebab(name)}.rst`);
  if (!existsSync(file)) return [];
  const members = outputMembers(botocore, service, name);
  const operation = `${service}:${name}`;
  return blocksOf(readFileSync(file, 'utf8'))
    .flatMap(parsed)
    .filter((block) => Object.keys(block).length > 0 && Object.keys(block).every((key) => members.includes(key)))
    .map((output, index) => ({ name: `aws-cli ${operation} ${index + 1}`, operation, output }));
}

const kebab = (name: string): string =>
  name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu, '-').toLowerCase();

interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly output?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, { readonly members?: object }>>;
}

function outputMembers(botocore: string, service: string, name: string): readonly string[] {
  const model = botocoreFile(botocore, service, 'service-2.json') as unknown as ServiceModel;
  return Object.keys(model.shapes[model.operations[name]?.output?.shape ?? '']?.members ?? {});
}

/** The indented blocks of reStructuredText. */
function blocksOf(page: string): readonly string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  for (const line of [...page.split('\n'), 'end']) {
    if (/^\s+\S/u.test(line) || (line.trim() === '' && block.length > 0)) {
      block.push(line);
      continue;
    }
    if (block.length > 0) blocks.push(block.join('\n'));
    block = [];
  }
  return blocks;
}

function parsed(block: string): readonly object[] {
  const [start, end] = [block.indexOf('{'), block.lastIndexOf('}')];
  if (start < 0 || block.slice(0, start).trim() !== '') return [];
  try {
    return [JSON.parse(block.slice(start, end + 1)) as object];
  } catch {
    return [];
  }
}
