import { RejectedError } from '../../../functions/domain/base/errors';
import type { StackInstanceRecord } from '../../../functions/domain/records/account-records';
import { checkGrants } from '../../../functions/steps/CheckGrants/step';
import { grantAccess } from '../../../functions/steps/GrantAccess/step';
import { prepareAccess } from '../../../functions/steps/PrepareAccess/step';
import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { NOW } from '../../fakes/vending';
import { converged, group, identityStore, JANE, OMAR, Run, stateOf, wanted } from './access-run';

const instance = (parts: Partial<StackInstanceRecord> = {}): StackInstanceRecord => ({
  stackSet: 'baseline',
  homeRegion: null,
  region: 'eu-central-1',
  removable: true,
  operationId: 'one',
  n: 1,
  contentHash: 'hash',
  phase: 'accepted',
  failures: 0,
  pauses: 0,
  askedAt: NOW.toISOString(),
  ...parts,
});

/** While an operation that has just begun is at work in a region. */
function atWork(...instances: readonly StackInstanceRecord[]): Run {
  const run = new Run();
  const stackInstances = instances.length === 0 ? [instance()] : [...instances];
  run.access.tenant = { ...run.access.tenant, stackInstances };
  return run;
}

const preparing: Parameters<Run['pass']>[0] = (ports) => prepareAccess({ ...ports, stackSet: 'baseline' });

/** Enters the state again as the workflow does, and lets the pause pass that comes after the last pass. */
async function prepared(run: Run, parts = wanted): Promise<void> {
  await run.until(preparing, parts);
  run.seconds += Number(run.reports.at(-1)?.result['waitSeconds']);
}

const nobody = { ...converged, groups: converged.groups.map(([name]) => [name, []]) };

describe('PrepareAccess', () => {
  it('gives groups without members their permission sets until the stack set is looked at', async () => {
    const run = atWork();
    await prepared(run);

    expect(stateOf(run.access)).toEqual(nobody);
    expect(run.seconds).toBe(66);
  });

  it('leaves nothing but people to those who come after it', async () => {
    const run = atWork();
    await prepared(run);
    const before = run.access.writes;
    await run.pass(grantAccess);
    await run.until(checkGrants);

    expect(stateOf(run.access)).toEqual(converged);
    expect(run.access.writes - before).toBe(3);
  });

  it('writes nothing a second time', async () => {
    const run = atWork();
    await prepared(run);
    const before = run.access.writes;
    run.access.tenant = {
      ...run.access.tenant,
      stackInstances: [instance({ askedAt: new Date(NOW.getTime() + 66_000).toISOString() })],
    };
    const { result, changes } = await run.pass(preparing);

    expect([result, changes]).toEqual([{ ready: true, waitSeconds: 66 }, []]);
    expect(run.access.writes).toBe(before);
  });

  it('gives nothing to a group that somebody is in', async () => {
    const run = atWork();
    await run.pass(grantAccess);
    run.access.groups.get(run.access.idOf('mst-reader'))?.members.clear();
    await prepared(run);

    expect(stateOf(run.access).assigned).toEqual(['mst-reader: set-billing', 'mst-reader: set-view']);
    expect(stateOf(run.access).outstanding).toBeNull();
  });

  it.each([
    ['the look is due', [instance({ askedAt: new Date(NOW.getTime() - 62_000).toISOString() })], 4],
    ['another stack set is at work', [instance({ stackSet: 'other' })], 0],
    ['the operation is over', [instance({ phase: 'current' })], 0],
  ])('begins nothing where %s', async (_, instances, waitSeconds) => {
    const run = atWork(...instances);
    const { result } = await run.pass(preparing);

    expect([result, run.access.calls]).toEqual([{ ready: true, waitSeconds }, 0]);
  });

  it('has as much time as the regions take, one after the other', async () => {
    const run = atWork(instance(), instance({ region: 'eu-west-1' }));
    await prepared(run);

    expect(run.seconds).toBe(132);
  });

  it('leaves a request at work to CheckGrants once the look is due', async () => {
    const run = atWork(instance({ askedAt: new Date(NOW.getTime() - 55_000).toISOString() }));
    const { result } = await run.pass(preparing);

    expect(result).toEqual({ ready: true, waitSeconds: 11 });
    expect(stateOf(run.access).outstanding).not.toBeNull();
    run.seconds += 11;
    await run.pass(grantAccess);
    await run.until(checkGrants);
    expect(stateOf(run.access)).toEqual(converged);
  });

  it('tells what fails for good, and lets the run go on', async () => {
    const run = atWork();
    run.access.plant('mst-admin', 'of somebody else');
    const { result, remark } = await run.pass(preparing);

    expect(result).toEqual({ ready: true, waitSeconds: 66 });
    expect(remark).toContain('There is a group "mst-admin"');
  });

  it('fails at once where it may not do what it does', async () => {
    const run = atWork();
    const denied = new RejectedError('AWS refused to assume the role.', 'Let it be assumed.', { denied: true });
    run.access.findGroup = () => Promise.reject(denied);

    await expect(run.pass(preparing)).rejects.toBe(denied);
  });

  it.each([
    ['no IAM Identity Center', { identityStore: null }],
    [
      'SCIM, which does not tell who is in a group',
      { identityStore: { ...identityStore, scim: { url: 'https://scim' } } },
    ],
    ['no group', { groups: [] }],
  ])('does nothing where there is %s', async (_, parts) => {
    const run = atWork();
    await run.pass(preparing, { ...wanted, ...parts } as typeof wanted);

    expect(run.access.calls).toBe(0);
  });

  it('ends the same wherever it is killed', async () => {
    const undisturbed = atWork();
    await prepared(undisturbed);
    const parts = { ...wanted, groups: [group('admin', [JANE, OMAR], 'set-admin'), ...(wanted.groups ?? []).slice(1)] };
    for (let killed = 1; killed <= undisturbed.access.calls; killed += 1) {
      const run = atWork();
      run.access.killedAt = killed;
      await expect(prepared(run, parts)).rejects.toThrow(ProcessKilledError);
      await run.until(preparing, parts);
      // By then AWS has done what it was asked for.
      run.access.finishAll();
      await run.pass(grantAccess, parts);
      await run.until(checkGrants, parts);

      expect({ killed, ...stateOf(run.access) }).toEqual({ killed, ...converged });
    }
  });
});
