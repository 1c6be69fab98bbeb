import { rmSync } from 'node:fs';
import path from 'node:path';

import { VendingDetailSchema, type VendingDetail } from '../../functions/api/responses';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { type DeployedStage, deployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { makeConfigurationFolder } from '../commands/configuration-folder';
import { ownTenant } from './example-stage';

const customization = {
  name: 'enter',
  image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0',
  source: { type: 's3', location: 'example-customizations/enter.zip', version: 'v1' },
  command: 'export WHO=$(. ./enter.sh)\ntest -n "$WHO"',
  role: { name: 'EnterCustomization', managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
  outputs: ['WHO'],
  timeLimitMinutes: 10,
};

/** A busy machine takes its time. */
const PATIENCE_MILLISECONDS = 300_000;

jest.setTimeout(20 * 60_000);

describe('a customization on the local AWS', () => {
  const { uuid, desiredState } = ownTenant('customized', 1);
  let folder: string;
  let stage: DeployedStage;

  beforeAll(async () => {
    const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
    const { 'aws-sandbox': zone } = landingZones;
    if (zone === undefined) throw new Error('The configuration has no such landing zone.');
    folder = makeConfigurationFolder(platform, [
      { ...zone, customizations: [customization] } as { readonly name: string },
    ]);
    stage = await deployedStage({ configurationFolder: folder, seed: 7, report: () => undefined });
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  const detail = async (): Promise<VendingDetail> =>
    VendingDetailSchema.parse((await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` })).body);

  const vended = async (replicationSequence: number): Promise<VendingDetail> => {
    const body = { ...(desiredState as object), replicationSequence };
    expect(await stage.callApi({ method: 'POST', path: '/vendings', body })).toMatchObject({ status: 202 });
    const patience = Date.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const seen = await detail();
      const isOver = seen.replicationSequence === replicationSequence && ['VENDED', 'FAILED'].includes(seen.status);
      if (isOver || Date.now() > patience) return seen;
      await stage.pause();
    }
  };

  it('really runs, gets into the account by its role, and shows what it says; unchanged, it is not run again', async () => {
    const first = await vended(101);
    expect(first).toMatchObject({ status: 'VENDED', lastError: null });
    const changes = first.timeline.flatMap((step) => step.changes);
    expect(changes).toContainEqual({
      what: 'customization enter',
      from: null,
      to: `applied: WHO = arn:aws:sts::${first.account?.id ?? ''}:assumed-role/EnterCustomization/customization`,
    });
    expect(stage.organization.state.builds.size).toBe(1);

    expect(await vended(102)).toMatchObject({ status: 'VENDED' });
    expect(stage.organization.state.builds.size).toBe(1);
  });
});
