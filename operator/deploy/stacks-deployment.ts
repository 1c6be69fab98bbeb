import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';

import { parsedJson } from '../../functions/domain/base/json';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { ActingIn } from '../discover/profile-settings';
import { OperatorError } from '../operator-error';
import type { ApplicationAccount } from './application-account';
import { readAssembly, type StackId, type SynthesizedStack } from './assembly';
import { cdkContextOf } from './cdk-settings';
import { deployStack } from './deploy-stack';
import { CDK_FILE } from './installation';
import { openPortfolio } from './open-portfolio';
import { recordedStacks, recordStack, type RecordedStacks } from './outputs';
import type { Places } from './places';
import type { RunCdk } from './run-cdk';

export interface DeploymentWork {
  readonly folder: string;
  readonly configuration: Configuration;
  readonly places: Places;
  /** Whether the account of the application is prepared for the CDK, if it is not yet. */
  readonly bootstraps: boolean;
  readonly cdk: RunCdk;
  readonly application: ApplicationAccount;
  readonly pause: (seconds: number) => Promise<void>;
  /** What is being done now. */
  readonly report: (sentence: string) => void;
}

/** One run of the command, stack by stack. */
export class StacksDeployment {
  readonly #work: DeploymentWork;

  constructor(work: DeploymentWork) {
    this.#work = work;
  }

  async run(): Promise<RecordedStacks> {
    const { folder, places, configuration, report } = this.#work;
    await this.#prepareAccount();
    report('Synthesizing the stacks');
    const assembly = path.join(folder, 'cdk.out');
    await this.#work.cdk(['synth', '--quiet', '--output', assembly]);
    const stacks = readAssembly(assembly);
    const secrets = await this.#deployApplication(assembly, stackIn(stacks, 'VendingStack'));
    const parameters = { MeshcloudAccountId: places.meshcloud.accountId, ...secrets };
    await this.#deployAccountStack('ManagementAccountStack', stacks, places.management, parameters);
    await this.#deployAccountStack('AutomationAccountStack', stacks, places.automation, parameters);
    await this.#deployIdentityCenter(stacks, parameters);
    report("Opening the Account Factory's portfolio, where accounts are enrolled by it");
    const opened = await openPortfolio(places.management, configuration.platform);
    if (opened.length > 0) report(`Opened it to ${opened.join(' and ')}`);
    return recordedStacks(folder);
  }

  async #prepareAccount(): Promise<void> {
    const { folder, places, bootstraps, report } = this.#work;
    // A qualifier of one's own comes with a name of one's own for the CDK's stack.
    if (cdkContextOf(folder)['@aws-cdk/core:bootstrapQualifier'] !== undefined) return;
    if (await this.#work.application.isBootstrapped()) return;
    const { accountId, region } = places.meshcloud;
    const target = `aws://${accountId}/${region}`;
    if (!bootstraps) {
      throw new OperatorError(
        `Account ${accountId} is not bootstrapped for the CDK in ${region}. Run this again with --bootstrap, or: npx cdk bootstrap ${target} --profile ${places.profiles.meshcloud}`,
      );
    }
    report(`Bootstrapping ${target} for the CDK`);
    await this.#work.cdk(['bootstrap', target], 'besides-app');
  }

  /** @returns the secrets that the other stacks share with it */
  async #deployApplication(assembly: string, stack: SynthesizedStack): Promise<Readonly<Record<string, string>>> {
    const { places, report } = this.#work;
    const outputsFile = path.join(assembly, 'outputs.json');
    const secrets = new Map<string, string>();
    const fresh: string[] = [];
    for (const name of stack.parameters.filter((parameter) => parameter.endsWith('ExternalId'))) {
      const known = await this.#work.application.secretOf(stack.name, name);
      secrets.set(name, known ?? randomUUID());
      if (known === undefined) fresh.push('--parameters', `${stack.name}:${name}=${secrets.get(name) ?? ''}`);
    }
    report(`Deploying ${stack.name} to account ${places.meshcloud.accountId} in ${places.meshcloud.region}`);
    await this.#work.cdk([
      'deploy',
      'VendingStack',
      '--app',
      assembly,
      '--require-approval',
      'never',
      '--progress',
      'events',
      '--outputs-file',
      outputsFile,
      ...fresh,
    ]);
    const outputs = OutputsFileSchema.parse(parsedJson(readFileSync(outputsFile, 'utf8')));
    this.#record('VendingStack', places.meshcloud, outputs[stack.name] ?? {});
    // What the stack really keeps counts: another deployment may have been faster.
    for (const name of secrets.keys()) {
      const kept = await this.#work.application.secretOf(stack.name, name);
      if (kept !== undefined) secrets.set(name, kept);
    }
    return Object.fromEntries(secrets);
  }

  async #deployAccountStack(
    id: StackId,
    stacks: ReadonlyMap<string, SynthesizedStack>,
    place: ActingIn,
    all: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { configuration, pause, report } = this.#work;
    const { name, template, parameters } = stackIn(stacks, id);
    // Access stacks are rolled out from the platform's region.
    const { region } = configuration.platform;
    const client = new CloudFormationClient({ ...place.settings, region, maxAttempts: 10 });
    report(`Deploying ${name} to account ${place.accountId} in ${region}`);
    await deployStack({
      client,
      stackName: name,
      template,
      parameters: Object.fromEntries(Object.entries(all).filter(([parameter]) => parameters.includes(parameter))),
      pause: () => pause(PAUSE_SECONDS),
    });
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const outputs = (Stacks[0]?.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }): readonly [string, string] => [OutputKey, OutputValue],
    );
    this.#record(id, { ...place, region }, Object.fromEntries(outputs));
  }

  async #deployIdentityCenter(
    stacks: ReadonlyMap<string, SynthesizedStack>,
    parameters: Readonly<Record<string, string>>,
  ): Promise<void> {
    const id = 'IdentityCenterAccountStack';
    if (!stacks.has(id)) return;
    const { places, report } = this.#work;
    if (places.identityCenter !== undefined) {
      await this.#deployAccountStack(id, stacks, places.identityCenter, parameters);
    } else {
      report(`Leaving out ${id}: name a profile of its account by --profile-identity-center`);
    }
  }

  #record(id: StackId, { accountId, region }: ActingIn, outputs: Readonly<Record<string, string>>): void {
    recordStack(this.#work.folder, id, { account: accountId, region, outputs });
  }
}

const OutputsFileSchema = z.record(z.string(), z.record(z.string(), z.string()));

const PAUSE_SECONDS = 2;

function stackIn(stacks: ReadonlyMap<string, SynthesizedStack>, id: StackId): SynthesizedStack {
  const stack = stacks.get(id);
  if (stack !== undefined) return stack;
  throw new OperatorError(`The CDK app of this folder has no stack ${id}. Check app in ${CDK_FILE}.`);
}
