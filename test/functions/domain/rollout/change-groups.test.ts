import {
  ChangeGroupSchema,
  grouped,
  isAsPlanned,
  kindOfChange,
  mostSevere,
  plus,
  SevereCountsSchema,
  severeOf,
} from '../../../../functions/domain/rollout/change-groups';
import type { PreviewedChange } from '../../../../functions/domain/run/preview';

const change = (what: string, from: string | null = null, to: string | null = 'x', state = 'S'): PreviewedChange => ({
  what,
  from,
  to,
  state,
});
const planned = (tenantUuid: string, ...changes: readonly PreviewedChange[]) => ({
  tenantUuid,
  changes: [...changes],
  refusal: null,
});

describe('the kind of a change', () => {
  it.each([
    ['tag stage', null, 'dev', 'adds tag stage'],
    ['tag stage', 'dev', 'prod', 'changes tag stage'],
    ['tag stage', 'dev', null, 'removes tag stage'],
    ['stack set baseline', null, 'x', 'adds stack set baseline'],
    ['enrollment of x', null, 'x', 'adds enrollment of x'],
    ['alias of x', null, 'x', 'adds alias of x'],
    ['customization network', null, 'x', 'adds customization network'],
    ['member jane of mst-a', null, 'x', 'adds member'],
    ['group mst-a', 'x', null, 'removes group'],
    ['organizational unit', 'ou-1', 'ou-2', 'moves the account to ou-2'],
    ['organizational unit', 'ou-1', null, 'moves the account to no unit'],
  ])('%s, from %s to %s: %s', (what, from, to, kind) => {
    expect(kindOfChange({ what, from, to })).toBe(kind);
  });
});

describe('tenants in which the same changes', () => {
  it('are counted together, whatever the order of their changes, with the first as the example', () => {
    const [a, b] = [change('tag a'), change('tag b')];
    const groups = grouped([], [planned('1', a, b), planned('2', b, a, a), planned('3', a)]);
    expect(groups).toEqual([
      { kinds: ['adds tag a', 'adds tag b'], tenants: 2, example: '1', isRefusal: false },
      { kinds: ['adds tag a'], tenants: 1, example: '3', isRefusal: false },
    ]);
    expect(
      grouped(groups, [planned('4', a), planned('5', a)]).map(({ kinds, tenants }) => [kinds.length, tenants]),
    ).toEqual([
      [1, 3],
      [2, 2],
    ]);
    for (const group of groups) expect(ChangeGroupSchema.parse({ ...group, more: 1 })).toEqual(group);
  });

  it('are not counted where nothing changes, or nobody has looked', () => {
    expect(grouped([], [planned('1'), { tenantUuid: '2', changes: null, refusal: null }])).toEqual([]);
  });

  it('are counted by why they are refused', () => {
    const refusal = { state: 'ImportAccount', message: 'No.', remedy: null };
    expect(grouped([], [{ tenantUuid: '1', changes: [change('tag a')], refusal }])).toEqual([
      { kinds: ['is refused in ImportAccount: No.'], tenants: 1, example: '1', isRefusal: true },
    ]);
  });

  it('are at most a hundred groups, the largest', () => {
    const tenants = Array.from({ length: 101 }, (_, index) => planned(`${index}`, change(`tag ${index}`)));
    const groups = grouped([], [...tenants, planned('again', change('tag 100'))]);
    expect(groups).toHaveLength(100);
    expect(groups[0]).toMatchObject({ kinds: ['adds tag 100'], tenants: 2 });
  });
});

describe('what is severe', () => {
  it.each<[string, PreviewedChange, readonly [number, number, number]]>([
    ['a member goes', change('member jane', 'x', null), [1, 0, 0]],
    ['a group goes', change('group mst-a', 'x', null), [1, 0, 0]],
    ['an assignment goes', change('assignment of mst-a', 'x', null), [1, 0, 0]],
    ['a role goes', change('role Admin', 'x', null), [1, 0, 0]],
    ['a policy goes', change('policy of Admin', 'x', null), [1, 0, 0]],
    ['the SAML provider goes', change('SAML provider', 'x', null), [1, 0, 0]],
    ['a policy goes with the downgrade', change('policy of Admin', 'x', null, 'ConfirmDowngrade'), [0, 0, 0]],
    ['a member comes', change('member jane'), [0, 0, 0]],
    ['a tag goes', change('tag stage', 'x', null), [0, 0, 0]],
    ['something goes whose name begins alike', change('roles', 'x', null), [0, 0, 0]],
    ['the account is moved', change('organizational unit', 'ou-1', 'ou-2'), [0, 1, 0]],
    ['a stack set goes', change('stack set baseline', 'x', null), [0, 0, 1]],
    ['a stack set comes', change('stack set baseline'), [0, 0, 0]],
    ['a stack instance goes', change('stack instance of x', 'x', null), [0, 0, 0]],
  ])('%s', (_, one, [removesAccess, movesUnit, removesStackSet]) => {
    expect(severeOf([{ changes: [change('tag a'), one] }, { changes: null }])).toEqual({
      removesAccess,
      movesUnit,
      removesStackSet,
    });
  });

  it('is added up, and the most counts', () => {
    const [one, other] = [
      { removesAccess: 1, movesUnit: 20, removesStackSet: 300 },
      { removesAccess: 4, movesUnit: 50, removesStackSet: 600 },
    ];
    expect(plus(one, other)).toEqual({ removesAccess: 5, movesUnit: 70, removesStackSet: 900 });
    expect(mostSevere({ removesAccess: 3, movesUnit: 2, removesStackSet: 1 })).toBe(3);
    expect(mostSevere({ removesAccess: 1, movesUnit: 3, removesStackSet: 2 })).toBe(3);
    expect(mostSevere({ removesAccess: 1, movesUnit: 2, removesStackSet: 3 })).toBe(3);
    expect(SevereCountsSchema.parse({ ...one, more: 1 })).toEqual(one);
  });
});

describe('a run has changed what was planned', () => {
  const [a, b] = [change('tag a'), change('tag b')];

  it.each([
    [[a, b], [b], true],
    [[a], [], true],
    [[a], [a, b], false],
    [[], [a], false],
    [null, [a], true],
  ])('%#', (expected, changed, isSo) => {
    expect(isAsPlanned(expected, changed)).toBe(isSo);
  });
});
