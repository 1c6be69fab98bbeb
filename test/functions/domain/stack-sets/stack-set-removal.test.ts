import { removalKey, withRemovals } from '../../../../functions/domain/stack-sets/stack-set-removal';
import type { StackInstanceRecord } from '../../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../../functions/domain/plan/plan';
import { plan } from '../../../fakes/vending';
import { configurationWith } from '../../../infra/account-stacks';
import { FRANKFURT, IRELAND, rolledOut } from '../../steps/removal-under-test';

const network = { name: 'network', regions: [FRANKFURT], removeStackInstances: true };
const planned = (name: string, ...regions: string[]): VendingPlan['stackSets'][number] => ({
  name,
  homeRegion: FRANKFURT,
  regions,
  parameters: {},
});

const removals = (
  stackInstances: readonly StackInstanceRecord[],
  stackSets: VendingPlan['stackSets'] = [],
  named: readonly { name: string; regions: string[]; homeRegion?: string; removeStackInstances?: boolean }[] = [
    network,
  ],
) =>
  withRemovals(
    plan({ stackSets }),
    { stackInstances: [...stackInstances] },
    configurationWith({}, { stackSets: [...named] }),
  );

describe('withRemovals', () => {
  it('removes what was rolled out and is not wanted any more', () => {
    expect(removals([rolledOut(FRANKFURT), rolledOut(IRELAND)]).stackSetRemovals).toEqual([
      { name: 'network', homeRegion: FRANKFURT, regions: [FRANKFURT, IRELAND] },
    ]);
  });

  it('keeps what the plan wants, region by region', () => {
    const { stackSetRemovals } = removals([rolledOut(FRANKFURT), rolledOut(IRELAND)], [planned('network', FRANKFURT)]);
    expect(stackSetRemovals).toEqual([{ name: 'network', homeRegion: FRANKFURT, regions: [IRELAND] }]);
  });

  it('keeps what was rolled out without leave to remove it, or by a release that did not know the leave', () => {
    const kept = [rolledOut(FRANKFURT, { removable: false }), rolledOut(IRELAND, { homeRegion: null })];
    expect(removals(kept)).toMatchObject({ stackSetRemovals: [], remarks: [] });
  });

  it('removes nothing twice', () => {
    expect(removals([rolledOut(FRANKFURT, { phase: 'removed' })]).stackSetRemovals).toEqual([]);
  });

  it('goes on with a removal that an earlier run has begun', () => {
    expect(removals([rolledOut(FRANKFURT, { phase: 'removalAsked' })]).stackSetRemovals).toHaveLength(1);
  });

  it('removes the last one first', () => {
    const records = [rolledOut(FRANKFURT), rolledOut(FRANKFURT, { stackSet: 'later' })];
    const both = [network, { ...network, name: 'later' }];
    expect(removals(records, [], both).stackSetRemovals.map(removalKey)).toEqual([
      'eu-central-1/later',
      'eu-central-1/network',
    ]);
  });

  it('knows a stack set of the same name in another home region for another one', () => {
    const elsewhere = { ...network, homeRegion: 'us-east-1' };
    const records = [rolledOut(FRANKFURT, { homeRegion: 'us-east-1' })];
    expect(removals(records, [planned('network', FRANKFURT)], [elsewhere]).stackSetRemovals).toEqual([
      { name: 'network', homeRegion: 'us-east-1', regions: [FRANKFURT] },
    ]);
  });

  it.each([
    ['names it', []],
    ['allows it', [{ ...network, removeStackInstances: false }]],
  ])('leaves it, and says so, where no landing zone %s any more: the right to remove it is gone', (_, named) => {
    expect(removals([rolledOut(FRANKFURT)], [], named)).toMatchObject({
      stackSetRemovals: [],
      remarks: [expect.stringContaining('"network" (eu-central-1) in eu-central-1 stay')],
    });
  });
});
