import fc from 'fast-check';

import { groupOf, usageGroups } from '../src/logic/usage-groups';

const report = (workspaceIdentifier: string | null, centre: string | null, total: string) => ({
  workspaceIdentifier,
  total,
  paymentMethod: centre === null ? null : { identifier: centre },
});

describe('usageGroups', () => {
  const reports = [report('retail', 'cc-1', '10.5'), report('data', 'cc-1', '40'), report('retail', null, '0.25')];

  it('adds up the accounts of a workspace, the most expensive one first', () => {
    expect(usageGroups(reports, 'workspace')).toEqual([
      { name: 'data', accounts: 1, total: 40 },
      { name: 'retail', accounts: 2, total: 10.75 },
    ]);
  });

  it('adds up those of a cost centre, and those that have none', () => {
    expect(usageGroups(reports, 'centre')).toEqual([
      { name: 'cc-1', accounts: 2, total: 50.5 },
      { name: null, accounts: 1, total: 0.25 },
    ]);
  });

  it('loses no account and no cent, whatever they are', () => {
    const names = fc.option(fc.constantFrom('a', 'b'), { nil: null });
    const some = fc.array(fc.tuple(names, names, fc.integer({ min: -9_999, max: 9_999 })));
    fc.assert(
      fc.property(some, fc.constantFrom('workspace' as const, 'centre' as const), (rows, by) => {
        const all = rows.map(([workspace, centre, total]) => report(workspace, centre, String(total)));
        const groups = usageGroups(all, by);
        expect(groups.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(all.length);
        for (const { name, total } of groups) {
          const own = all.filter((one) => groupOf(one, by) === name);
          expect(own.reduce((sum, one) => sum + Number(one.total), 0)).toBe(total);
        }
      }),
    );
  });
});
