import { optInRegionChecks } from '../../../functions/preflight/checks/configured-names-and-regions';
import { type Change, configuration } from '../domain/examples';

const found = async (...changes: readonly Change[]) =>
  Promise.all(optInRegionChecks(configuration(...changes)).map(async ({ id, judge }) => ({ id, ...(await judge()) })));

describe('preflight on regions that accounts have to enable', () => {
  it('says nothing where every account has them', async () => {
    expect(await found()).toEqual([]);
  });

  it('names what will not work in new accounts, and the page that tells how regions are enabled', async () => {
    const checks = await found(
      ['landingZone.stackSets.0.regions', ['eu-central-1', 'eu-central-2']],
      ['platform.awsIdentityStore.region', 'eu-south-1'],
    );
    expect(checks).toMatchObject([
      {
        id: 'stack-set-regions:aws-dev/baseline',
        result: 'unknown',
        detail: 'A new account has not enabled eu-central-2: until somebody does, stack instances there fail.',
      },
      { id: 'identity-center-region', result: 'unknown' },
    ]);
    for (const check of checks) {
      expect('remedy' in check && check.remedy).toContain('accounts/latest/reference/manage-acct-regions.html');
    }
  });
});
