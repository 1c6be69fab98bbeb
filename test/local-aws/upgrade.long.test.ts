import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import { loadConfiguration } from '../../infra/config';
import { keep, unfinishedOf } from '../../infra/kept-folders';
import { runCommand } from '../../operator/run-command';
import { BUNDLE_CACHE, projectRoot } from '../../sandbox/environment';
import { rolesInTemplate } from '../../sandbox/organization/authorization/template-policies';
import { EXAMPLE_EXTERNAL_ID } from '../../sandbox/organization/example-organization';
import { deployApp } from '../../sandbox/runtime/ministack/deploy';
import { deployAccountStacks } from '../../sandbox/runtime/stage/deploy-account-stacks';
import { type DeployedStage, deployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { makeConfigurationFolder } from '../commands/configuration-folder';
import { releaseWithOneMoreStep } from '../deep/recipe';
import { ownTenant } from './example-stage';

const APPLICATION = { accountId: '000000000000', region: 'eu-central-1' };
const STACK = 'VendingStack';
const RELEASE = 'release';

/**
 * What docs/upgrading.md says, done: the account stacks of a release that has one more step, then `VendingStack`, over
 * a run that waits for an approval.
 */
describe('another release, deployed in the order of docs/upgrading.md', () => {
  let configurationFolder: string;
  let synthesized: string;
  let stage: DeployedStage;

  beforeAll(async () => {
    const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
    const approved = Object.values(landingZones).map((one) => ({ ...one, approval: { create: true } }));
    configurationFolder = makeConfigurationFolder(platform, approved);
    synthesized = await mkdtemp(path.join(tmpdir(), 'account-vending-release-'));
    const [deployed] = await Promise.all([
      deployedStage({ configurationFolder, seed: 1, report: () => undefined }),
      synthesize(await releaseWithOneMoreStep()),
    ]);
    stage = deployed;
  });
  afterAll(async () => {
    await stage.stop();
    await Promise.all([configurationFolder, synthesized].map((folder) => rm(folder, { recursive: true })));
  });

  async function synthesize(root: string): Promise<void> {
    const folder = path.join(synthesized, RELEASE);
    const context = [`configDir=${configurationFolder}`, `bundleCache=${BUNDLE_CACHE}`];
    const result = await runCommand(
      'npx',
      ['cdk', 'synth', '--quiet', '--output', unfinishedOf(folder), ...context.flatMap((one) => ['--context', one])],
      { cwd: root },
    );
    expect(result).toMatchObject({ exitCode: 0 });
    keep(unfinishedOf(folder), folder);
  }

  const templateOf = (stack: string): Promise<string> =>
    readFile(path.join(synthesized, RELEASE, `${stack}.template.json`), 'utf8');

  async function upgrade(): Promise<void> {
    const { endpoints, organization, region } = stage;
    const identityCenterAccountId = undefined;
    await deployAccountStacks({ endpoint: endpoints.organization, region, templateOf, identityCenterAccountId });
    // The organization judges by the roles of the functions, which MiniStack makes.
    const parameters = { ExternalId: EXAMPLE_EXTERNAL_ID };
    const inAccount = { partition: 'aws', region, accountId: organization.state.seed.meshcloudAccountId, parameters };
    organization.admitRoles(rolesInTemplate(JSON.parse(await templateOf(STACK)), inAccount));
    await deployApp({
      ministack: { endpoint: endpoints.runtime, ...APPLICATION },
      app: 'synthesized before',
      context: {},
      stacks: [STACK],
      kept: { folder: synthesized, key: RELEASE },
    });
  }

  async function until(uuid: string, status: VendingDetail['status']): Promise<VendingDetail> {
    const deadline = Date.now() + stage.patienceSeconds * 1000;
    for (;;) {
      const answer = await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` });
      const detail = answer.status === 200 ? VendingDetailSchema.parse(answer.body) : undefined;
      if (detail?.status === status) return detail;
      if (detail?.status === 'FAILED' || Date.now() > deadline) throw new Error(JSON.stringify(answer.body));
      await stage.pause();
    }
  }

  async function ordered(number: number): Promise<string> {
    const { uuid, desiredState } = ownTenant('upgrade', number);
    await stage.sendEvent(desiredState);
    await until(uuid, 'AWAITING_APPROVAL');
    return uuid;
  }

  async function vended(uuid: string): Promise<readonly string[]> {
    const body = { decision: 'approve', reason: 'as agreed' };
    const answer = await stage.callApi({ method: 'POST', path: `/vendings/${uuid}/approval`, body });
    expect(answer).toMatchObject({ status: 202 });
    return (await until(uuid, 'VENDED')).timeline.map(({ state }) => state);
  }

  it('lets a run under way end by its own workflow, and the next one goes through the new step', async () => {
    const before = await ordered(1);
    await upgrade();
    const after = await ordered(2);
    const [old, recent] = await Promise.all([vended(before), vended(after)]);

    expect(old).toContain('TagAccount');
    expect(old).not.toContain('LabelAccount');
    expect(recent).toContain('LabelAccount');
  });
});
