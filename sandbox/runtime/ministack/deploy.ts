import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { isKept, keep, unfinishedOf } from '../../../infra/kept-folders';
import { isolatedEnvironment, projectRoot } from '../../environment';
import { withLockFile } from './lock-file';
import type { RunningMiniStack } from './ministack';
import { runCommand } from '../../../operator/run-command';
import { SandboxError } from './sandbox-error';

export interface Deployment {
  readonly ministack: Pick<RunningMiniStack, 'endpoint' | 'region' | 'accountId'>;
  /** As in cdk.json, run in the project's root: `tsx infra/app.ts`. */
  readonly app: string;
  /** CDK context of the app. */
  readonly context: Readonly<Record<string, string>>;
  readonly stacks: readonly string[];
  /**
   * Where what is synthesized is kept, by a key that tells everything that the app is made of; absent: it is
   * synthesized for this deployment alone.
   */
  readonly kept?: { readonly folder: string; readonly key: string };
  /** CloudFormation parameters, for every stack that is deployed. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * What is to be done at the same time with other templates of the app, which are given by the name of their stack.
   */
  readonly besides?: (templateOf: (stack: string) => Promise<string>) => Promise<void>;
  readonly log?: (line: string) => void;
}

/** Outputs by stack, then by output name. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/**
 * Deploys the unchanged CDK app as to a real account: `cdk bootstrap`, `cdk synth`, `cdk deploy`. The first two do not
 * need each other and run side by side; the last takes the assembly of the second, and no change set, which saves a
 * polling pause. A second call updates the stacks.
 *
 * @throws SandboxError when one of the three fails, with what the CDK said last.
 */
export const deployApp = async (deployment: Deployment): Promise<StackOutputs> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'account-vending-deploy-'));
  try {
    const { accountId, region } = deployment.ministack;
    const outputsFile = path.join(folder, 'outputs.json');
    const cdk = cdkRunner(deployment, folder);
    const { folder: parent, key } = deployment.kept ?? { folder, key: 'assembly' };
    const assembly = path.join(parent, key);
    await mkdir(parent, { recursive: true });
    await allOrFirstFailure([
      // In a folder without a cdk.json, so that it does not synthesize the app as well.
      cdk(['bootstrap', `aws://${accountId}/${region}`, '--progress', 'events', ...qualifierOf(deployment)], folder),
      withLockFile(`${assembly}.lock`, async () => {
        if (isKept(parent, key)) return;
        const unfinished = unfinishedOf(assembly);
        await cdk(synthOf(deployment, unfinished));
        keep(unfinished, assembly);
      }),
    ]);
    const deploy = ['deploy', ...deployment.stacks, '--app', assembly, '--require-approval', 'never'];
    const directly = ['--method', 'direct', '--progress', 'events', '--outputs-file', outputsFile];
    const templateOf = (stack: string) => readFile(path.join(assembly, `${stack}.template.json`), 'utf8');
    await allOrFirstFailure([
      cdk([...deploy, ...directly, ...parametersOf(deployment)]),
      deployment.besides?.(templateOf) ?? Promise.resolve(),
    ]);
    return outputsSchema.parse(JSON.parse(await readFile(outputsFile, 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const synthOf = ({ stacks, app, context }: Deployment, output: string): string[] => [
  'synth',
  ...stacks,
  '--app',
  app,
  '--output',
  output,
  '--quiet',
  ...Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]),
];

/** Waits for all, so that none still works in the folder when it is removed; then the first failure counts. */
const allOrFirstFailure = async (works: readonly Promise<void>[]): Promise<void> => {
  await Promise.allSettled(works);
  await Promise.all(works);
};

/** The app takes it from its context, the bootstrap from its command line. */
const qualifierOf = ({ context }: Deployment): string[] => {
  const qualifier = context['@aws-cdk/core:bootstrapQualifier'];
  return qualifier === undefined ? [] : ['--qualifier', qualifier];
};

const parametersOf = ({ parameters = {} }: Deployment): string[] =>
  Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${name}=${value}`]);

type Cdk = (args: readonly string[], cwd?: string) => Promise<void>;

const cdkRunner =
  ({ ministack, log }: Deployment, folder: string): Cdk =>
  async (args, cwd = projectRoot) => {
    const result = await runCommand('cdk', [...args, '--no-notices', '--no-color'], {
      cwd,
      env: {
        ...isolatedEnvironment(),
        ...credentialsFor(ministack),
        // No profile or endpoint of the person's own files.
        AWS_CONFIG_FILE: path.join(folder, 'no-config'),
        AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'no-credentials'),
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_DISABLE_VERSION_CHECK: 'true',
        // The rules for good templates take longer than all else, and have their own tests.
        CDK_VALIDATION: 'false',
      },
      log,
    });
    if (result.status === 'missing') throw new SandboxError('The CDK command is missing. Run `npm ci`.');
    if (result.exitCode !== 0) {
      // Without the options: a parameter can be a secret.
      const command = args
        .slice(
          0,
          args.findIndex((argument) => argument.startsWith('--')),
        )
        .join(' ');
      const end = result.output.split('\n').slice(-keptLines).join('\n');
      throw new SandboxError(`\`cdk ${command}\` failed:\n${end}`);
    }
  };

const keptLines = 25;

/** MiniStack takes a 12-digit access key for the account it works in. */
const credentialsFor = ({ endpoint, region, accountId }: Deployment['ministack']): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: accountId,
  AWS_SECRET_ACCESS_KEY: 'test',
});
