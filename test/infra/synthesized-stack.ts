import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdkJson from '../../cdk.json';
import { contentHash } from '../../functions/domain/base/json';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { MeshStackSchema } from '../../functions/domain/configuration/mesh-stack-configuration';
import { loadConfiguration } from '../../infra/config';
import { type EventForwarding, eventForwarding } from '../../infra/event-forwarding';
import { TEMPLATES_ALONE } from '../../sandbox/organization/authorization/deployed-roles';
import { VendingStack, type VendingStackProps } from '../../infra/vending-stack';

export const CONFIGURATION = loadConfiguration('config');

/** The access token of the SCIM endpoint, in `configurationWithScim`. */
export const SCIM_TOKEN_SECRET = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:scim-token-AbCdEf';

/** The example with groups that are made by SCIM. */
export function configurationWithScim(): Configuration {
  const { awsIdentityStore, ...platform } = CONFIGURATION.platform;
  if (awsIdentityStore === undefined) throw new Error('The example configuration has no identity store.');
  const scimEndpoint = 'https://scim.eu-central-1.amazonaws.com/8b1e6a53-3f3a-4f0e-9c1d-2d7f0c9a1b11/scim/v2/';
  const awsSso = { ...awsIdentityStore, scimEndpoint, ssoAccessToken: { secretArn: SCIM_TOKEN_SECRET } };
  return { ...CONFIGURATION, platform: { ...platform, awsSso } };
}

/** The same with a meshStack that is read. */
export const withMeshStack = (configuration: Configuration = CONFIGURATION): Configuration => ({
  ...configuration,
  platform: { ...configuration.platform, meshStack: MESH_STACK },
});

const MESH_STACK = MeshStackSchema.parse({
  endpoint: 'https://meshstack.corp.example',
  platformIdentifier: 'aws.eu',
  platformUuid: '5b0c1b1e-0000-4000-8000-000000000002',
  contactEmail: 'cloud-platform@corp.example',
});

/**
 * The app of `cdk.json` without the CDK's rules for good templates: they take seconds for each, and
 * `vending-app.test.ts` applies them to all.
 */
export const testedApp = (context: Context = {}): App =>
  new App({ context: { ...cdkJson.context, ...context }, ...TEMPLATES_ALONE });

/** Beside that of `cdk.json`. */
export type Context = Readonly<Record<string, unknown>>;

/** Events of AWS are forwarded to the bus. */
export const forwarding = (): EventForwarding | undefined =>
  eventForwarding(
    testedApp({ eventForwarding: 'arn:aws:events:eu-central-1:111111111111:event-bus/meshstack' }),
    CONFIGURATION,
  );

type VendingOptions = Partial<Pick<VendingStackProps, 'eventForwarding' | 'eventSenders' | 'writesApiLogs'>> & {
  readonly kmsKeyArn?: string;
  readonly configuration?: Configuration;
  readonly context?: Context;
};

/** The stack as the app makes it, with a line of code instead of bundles. */
export function vendingStack({
  kmsKeyArn,
  configuration = CONFIGURATION,
  context,
  ...options
}: VendingOptions = {}): VendingStack {
  return new VendingStack(testedApp(context), 'VendingStack', {
    configuration,
    codeOf: (name) => Code.fromInline(`// ${name}`),
    kmsKeyArn,
    ...options,
  });
}

/**
 * The template of that stack. It takes a second to synthesize, and many files ask for the same one: the first file of a
 * run leaves it for the others.
 */
export function vendingTemplate(options: VendingOptions = {}): Template {
  const synthesized = (): Template => Template.fromStack(vendingStack(options));
  const folder = folderOfRun();
  if (folder === undefined) return synthesized();
  const file = path.join(folder, `${contentHash(options)}.json`);
  if (!existsSync(file)) {
    const unfinished = `${file}-${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(synthesized().toJSON()));
    renameSync(unfinished, file);
  }
  // It was searched for cycles when it was synthesized.
  return Template.fromString(readFileSync(file, 'utf8'), { skipCyclicalDependenciesCheck: true });
}

/** The folder that `templates-of-run.mjs` has made, unless a test of that run has started this run. */
function folderOfRun(): string | undefined {
  const [, pid, folder] = /^(\d+):(.+)$/u.exec(process.env['TEMPLATES_OF_RUN'] ?? '') ?? [];
  return [process.pid, process.ppid].includes(Number(pid)) ? folder : undefined;
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

export interface Statement {
  readonly Sid?: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Condition?: unknown;
}

/** All resources of a type, by logical id. */
export const resourcesOf = (template: Template, type: string): Record<string, Resource> =>
  template.findResources(type) as Record<string, Resource>;

/** The one resource of a type whose logical id begins so. */
export function resourceOf(template: Template, type: string, idPrefix: string): Resource {
  const found = Object.entries(resourcesOf(template, type)).filter(([id]) => id.startsWith(idPrefix));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`${found.length} resources ${type} begin with ${idPrefix}, not one`);
  }
  return only[1];
}

export function statementsOfRole(template: Template, idPrefix: string): readonly Statement[] {
  const { Policies } = resourceOf(template, 'AWS::IAM::Role', idPrefix).Properties as {
    Policies: { PolicyDocument: { Statement: Statement[] } }[];
  };
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** As the CDK's own assertions, under a name that tells a linter what it is. */
export function expectProperties(template: Template, type: string, properties: object): void {
  template.hasResourceProperties(type, properties);
}

export function expectResource(template: Template, type: string, resource: object): void {
  template.hasResource(type, resource);
}

/** A template's value in words: `<LogicalId.Attribute>`, pseudo parameters by their last part. */
export function inWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inWords);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[key, inner] = ['', undefined]] = entries;
  if (entries.length === 1 && key === 'Ref') return `<${withoutHash(String(inner))}>`;
  if (entries.length === 1 && key === 'Fn::GetAtt') {
    const [id, attribute] = inner as [string, string];
    return `<${withoutHash(id)}.${attribute}>`;
  }
  if (entries.length === 1 && key === 'Fn::Join') {
    const [separator, parts] = inner as [string, unknown[]];
    return parts.map((part) => inText(inWords(part))).join(separator);
  }
  return Object.fromEntries(entries.map(([name, each]) => [name, inWords(each)]));
}

const inText = (words: unknown): string => (typeof words === 'string' ? words : JSON.stringify(words));

/** The CDK ends logical ids with eight characters of a hash. */
const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/u, '');
