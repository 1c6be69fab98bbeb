import fc from 'fast-check';

import { openRun } from '../../../../functions/ledger/runs/open-run';
import { planKey } from '../../../../functions/ledger/base/keys';
import { pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import type { ItemKey } from '../../../../functions/ports/ledger-store';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, enrollment, group, NOW, plan, TENANT } from '../../../fakes/vending';
import { accept, close, failed, referenceTo } from '../ledger-calls';

/** One with something in every part. */
const wanted = plan({
  enrollment,
  groups: [group('mst-retail-admin')],
  stackSets: [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: { A: '1' } }],
  stackSetExecutionRole: { name: 'execution', managedPolicyArns: ['a'], trustedAccountId: '333333333333' },
  meshIdentifiers: { 'jane@corp.example': 'u-1' },
  remarks: ['It was planned.'],
});

const KEY: ItemKey = planKey(TENANT, 17, 1);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const plain = JSON.parse(JSON.stringify(wanted)) as Json;

/** Every field, at every depth, and the plan itself. */
const pathsOf = (value: Json, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, field]) => pathsOf(field, [...path, key]))]
    : [path];

function changedAt(value: Json, [key, ...rest]: readonly string[], change: (field: Json) => Json | undefined): Json {
  if (key === undefined) return change(value) ?? null;
  const copy = structuredClone(value) as Record<string, Json>;
  if (rest.length > 0) copy[key] = changedAt(copy[key] ?? null, rest, change);
  else {
    const field = change(copy[key] ?? null);
    if (field === undefined) Reflect.deleteProperty(copy, key);
    else copy[key] = field;
  }
  return copy;
}

describe('a stored plan', () => {
  const pinned = async (): Promise<{ readonly store: RecordingLedgerStore; readonly planHash: string }> => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    return { store, planHash: await pinPlan(store, referenceTo(17), wanted) };
  };

  const put = (store: RecordingLedgerStore, data: object | null): Promise<void> =>
    store.commit([{ key: KEY, expectedVersion: 1, data }]);

  const refusalOf = async (
    { store, planHash }: { readonly store: RecordingLedgerStore; readonly planHash: string },
    opening: object = {},
  ): Promise<string | undefined> => {
    const opened = await openRun(store, referenceTo(17), NOW, { planHash, ...opening });
    expect(opened.plan === null).toBe(opened.planRefusal !== null);
    return opened.planRefusal?.reason;
  };

  it('is let in as it was pinned', async () => {
    expect(await refusalOf(await pinned())).toBeUndefined();
  });

  it.each(pathsOf(plain).map((path) => [path.join('.'), path] as const))(
    'is refused with anything else at "%s", or nothing',
    async (_, path) => {
      await fc.assert(
        fc.asyncProperty(fc.option(fc.jsonValue(), { nil: undefined }), async (other) => {
          const text = JSON.stringify(changedAt(plain, path, () => other as Json | undefined));
          fc.pre(text !== JSON.stringify(plain));
          const run = await pinned();
          await put(run.store, { plan: JSON.parse(text) as object });
          expect(await refusalOf(run)).toContain('the plan was changed');
        }),
        { numRuns: 5 },
      );
    },
  );

  it.each([
    ['with a field more', { plan: { ...wanted, more: 1 } }],
    ['without a plan', {}],
    ['that is gone', null],
  ])('is refused %s', async (_, data) => {
    const run = await pinned();
    await put(run.store, data);
    expect(await refusalOf(run)).toContain('the plan was changed');
    expect(await refusalOf(run, { mayHaveEnded: true })).toContain('the plan was changed');
  });

  it('is refused in a run that is redriven, and in one that has come to its end', async () => {
    for (const end of [failed, { status: 'VENDED' } as const]) {
      const run = await pinned();
      await openRun(run.store, referenceTo(17), NOW);
      await close(run.store, 17, end);
      const [item] = await run.store.read([KEY]);
      await run.store.commit([
        {
          key: KEY,
          expectedVersion: item?.version ?? 0,
          data: { plan: plan({ targetOrgUnitId: 'ou-ab12-other000' }) },
        },
      ]);
      const watch = { watch: () => Promise.resolve() };
      expect(await refusalOf(run, { watch, mayHaveEnded: true })).toContain('the plan was changed');
    }
  });

  it('is known again after its run has ended, also by a release that reads more in it', async () => {
    const run = await pinned();
    const { more, ...older } = { ...(plain as object), more: undefined, import: undefined };
    expect(more).toBeUndefined();
    const planHash = await pinPlan(run.store, referenceTo(17), JSON.parse(JSON.stringify(older)) as typeof wanted);
    await openRun(run.store, referenceTo(17), NOW, { planHash });
    await close(run.store, 17, failed);
    const watch = { watch: () => Promise.resolve() };
    const opened = await openRun(run.store, referenceTo(17), after(9), { planHash, watch });
    expect(opened).toMatchObject({ planRefusal: null, plan: { import: null } });
  });

  it('is let in by an execution that the release before has begun, which knows no hash', async () => {
    const { store } = await pinned();
    expect((await openRun(store, referenceTo(17), NOW)).plan).toEqual(wanted);
  });
});
