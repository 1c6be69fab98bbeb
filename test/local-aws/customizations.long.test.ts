import { rmSync } from 'node:fs';
import path from 'node:path';

import { RolloutListSchema } from '../../functions/api/rollout-responses';
import { VendingDetailSchema, type VendingDetail } from '../../functions/api/responses';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import { type DeployedStage, deployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { makeConfigurationFolder } from '../commands/configuration-folder';
import { RolloutCalls } from '../simulation/rollout-calls';
import { ownTenant } from './example-stage';

/** What is deployed of it: Terraform would say so by a variable, too. */
const customizationOf = (release: string): object => ({
  name: 'enter',
  image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0',
  source: { type: 's3', location: 'example-customizations/enter.zip', version: release },
  command: 'export WHO=$(. ./enter.sh)\ntest -n "$WHO"',
  role: { name: 'EnterCustomization', managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
  environment: { RELEASE: release },
  outputs: ['WHO', 'RELEASE'],
  timeLimitMinutes: 10,
});

/** A busy machine takes its time. */
const PATIENCE_MILLISECONDS = 300_000;

jest.setTimeout(30 * 60_000);

const TENANTS = Array.from({ length: 6 }, (_, index) => ownTenant('customized', index + 1));

describe('a customization on the local AWS', () => {
  /** Accounts in which a policy of the organization keeps builds out. */
  const closed = new Set<string>();
  const faults: FaultInjector = {
    beforeCall: ({ operation, input }) =>
      operation === 'AssumeRole' && [...closed].some((id) => JSON.stringify(input).includes(`${id}:role/EnterCustom`))
        ? { kind: 'error', code: 'AccessDenied', status: 403, message: 'A policy of the organization denies it.' }
        : undefined,
  };
  const folders: string[] = [];
  let stage: DeployedStage;
  let calls: RolloutCalls;

  const folderWith = (release: string): string => {
    const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
    const { 'aws-sandbox': zone } = landingZones;
    if (zone === undefined) throw new Error('The configuration has no such landing zone.');
    const folder = makeConfigurationFolder(platform, [
      { ...zone, customizations: [customizationOf(release)] } as { readonly name: string },
    ]);
    folders.push(folder);
    return folder;
  };

  beforeAll(async () => {
    stage = await deployedStage({ configurationFolder: folderWith('v1'), seed: 7, faults, report: () => undefined });
    calls = new RolloutCalls({ application: stage, settle: untilAtRest });
  });
  afterAll(async () => {
    await stage.stop();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  const detailOf = async (uuid: string): Promise<VendingDetail> =>
    VendingDetailSchema.parse((await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` })).body);

  const vended = async (
    { uuid, desiredState }: (typeof TENANTS)[number],
    replicationSequence: number,
  ): Promise<VendingDetail> => {
    const body = { ...(desiredState as object), replicationSequence };
    expect(await stage.callApi({ method: 'POST', path: '/vendings', body })).toMatchObject({ status: 202 });
    const patience = Date.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const seen = await detailOf(uuid);
      const isOver = seen.replicationSequence === replicationSequence && ['VENDED', 'FAILED'].includes(seen.status);
      if (isOver || Date.now() > patience) return seen;
      await stage.pause();
    }
  };

  /** Until the newest rollout is over, or waits for a person. */
  async function untilAtRest(): Promise<void> {
    const patience = Date.now() + 2 * PATIENCE_MILLISECONDS;
    for (;;) {
      const { body } = await stage.callApi({ method: 'GET', path: '/rollouts' });
      const status = RolloutListSchema.parse(body).rollouts[0]?.status ?? 'ENDED';
      if (!['PLANNING', 'SUMMING', 'RUNNING'].includes(status) || Date.now() > patience) return;
      await stage.pause();
    }
  }

  const builds = (): number => stage.organization.state.builds.size;

  const saidBy = ({ timeline }: VendingDetail): readonly unknown[] =>
    timeline.flatMap(({ changes }) => changes).filter(({ what }) => what === 'customization enter');

  const told = (accountId: string, release: string): string =>
    `applied: WHO = arn:aws:sts::${accountId}:assumed-role/EnterCustomization/customization, RELEASE = ${release}`;

  const runOnce = async (): Promise<void> => {
    const [tenant] = TENANTS;
    if (tenant === undefined) throw new Error('There is no tenant.');
    const first = await vended(tenant, 101);
    expect(first).toMatchObject({ status: 'VENDED', lastError: null });
    expect(saidBy(first)).toMatchObject([{ from: null, to: told(first.account?.id ?? '', 'v1') }]);
    expect(builds()).toBe(1);

    expect(await vended(tenant, 102)).toMatchObject({ status: 'VENDED' });
    expect(builds()).toBe(1);
  };

  const rollOut = async (): Promise<void> => {
    const vendings = await Promise.all(TENANTS.map((tenant) => vended(tenant, 103)));
    expect(vendings.map(({ status }) => status)).toEqual(TENANTS.map(() => 'VENDED'));
    expect(builds()).toBe(TENANTS.length);

    await stage.deploy(folderWith('v2'));
    const { plan, waves } = await planInThreeWaves();
    expect(plan).toMatchObject({ status: 'PLANNED', changing: TENANTS.length, refused: 0 });
    expect(plan.groups).toMatchObject([{ kinds: ['adds customization enter'], tenants: TENANTS.length }]);
    expect(builds()).toBe(TENANTS.length);

    for (const { accountId } of waves[2] ?? []) closed.add(accountId ?? '');
    const stopped = await calls.started(plan);
    const before = [...(waves[0] ?? []), ...(waves[1] ?? [])];
    expect(stopped).toMatchObject({ status: 'STOPPED', wave: 2, done: before.length });
    expect(stopped.reason).toMatch(/have ended in wave 2 have failed/u);

    const after = new Map((await calls.tenantsOf(plan.id)).map((one) => [one.tenantUuid, one]));
    for (const { tenantUuid, accountId } of before) {
      expect(after.get(tenantUuid)).toMatchObject({ state: 'DONE', unexpected: false });
      expect(saidBy(await detailOf(tenantUuid))).toMatchObject([{ to: told(accountId ?? '', 'v2') }]);
    }
    // One that ends after the second failure is not waited for.
    const failures = (waves[2] ?? []).flatMap(({ tenantUuid }) => after.get(tenantUuid)?.reason ?? []);
    expect(failures).toHaveLength(stopped.failed);
    expect(failures.filter((reason) => !reason.includes('The customization "enter" has failed'))).toEqual([]);
  };

  type Planned = Awaited<ReturnType<RolloutCalls['tenantsOf']>>;

  /** Who is in which wave is drawn for each rollout: another plan draws again. A stop takes two that have failed. */
  async function planInThreeWaves(): Promise<{
    readonly plan: Awaited<ReturnType<RolloutCalls['planned']>>;
    readonly waves: readonly Planned[];
  }> {
    for (;;) {
      const plan = await calls.planned({ canary: { tenants: 1 }, waves: [0.5, 1] });
      const tenants = await calls.tenantsOf(plan.id);
      const waves = [0, 1, 2].map((wave) => tenants.filter((one) => one.wave === wave));
      const sizes = waves.map(({ length }) => length);
      if (plan.status !== 'PLANNED' || ((sizes[1] ?? 0) > 0 && (sizes[2] ?? 0) > 1)) return { plan, waves };
      await calls.post(`/rollouts/${plan.id}/abort`);
    }
  }

  it('runs once, in the account by its role; changed, a rollout runs it in two waves, and stops the third that fails', async () => {
    await runOnce();
    await rollOut();
    expect(builds()).toBeLessThanOrEqual(2 * TENANTS.length);
  });
});
