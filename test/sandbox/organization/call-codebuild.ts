import type { Organization } from '../../../sandbox/organization/organization';
import { AUTOMATION } from './organization-under-test';

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls CodeBuild as its protocol has it: there is no client of the SDK here. */
export async function callCodeBuild(
  organization: Organization,
  operation: string,
  input: object,
  accessKeyId: string = AUTOMATION,
): Promise<Answer> {
  const { status, body } = await organization.answer({
    method: 'POST',
    path: '/',
    query: {},
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261124/eu-central-1/codebuild/aws4_request`,
      'x-amz-target': `CodeBuild_20161006.${operation}`,
    },
    body: Buffer.from(JSON.stringify(input)),
  });
  return { status, body: JSON.parse(Buffer.from(body).toString('utf8')) as Answer['body'] };
}

const SCRIPTS = 'scripts/network.zip';

const SPEC = [
  'version: 0.2',
  'env:',
  '  exported-variables: [ID]',
  'phases:',
  '  build:',
  '    commands: [". ./make.sh"]',
].join('\n');

/** A project, and what its builds download. */
export const buildsInSeed = {
  buildProjects: [
    {
      accountId: AUTOMATION,
      region: 'eu-central-1',
      name: 'network',
      variables: { BUCKET: 'state', CIDR: 'any' },
      serviceRole: `arn:aws:iam::${AUTOMATION}:role/builds`,
    },
  ],
  buildSources: [{ location: SCRIPTS, files: { 'make.sh': 'export ID="$BUCKET-$CIDR"', 'sub/spec.yml': SPEC } }],
} as const;

export const startOf = (changes: object = {}): object => ({
  projectName: 'network',
  idempotencyToken: 'token-1',
  sourceTypeOverride: 'S3',
  sourceLocationOverride: SCRIPTS,
  buildspecOverride: 'sub/spec.yml',
  environmentVariablesOverride: [{ name: 'CIDR', value: '10.0.0.0/16' }],
  ...changes,
});
