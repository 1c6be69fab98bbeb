import { SimulatedVending } from './simulated-vending';

const OU = 'ou-ab12-legacy01';

describe('a vending whose organizational unit is deleted meanwhile', () => {
  let simulation: SimulatedVending;
  let makeUnit: (() => void) | undefined;

  /** Deletes it when this state's function works for the first time. */
  const begin = (state: string): void => {
    makeUnit = undefined;
    simulation = new SimulatedVending({
      onEffect: ({ function: name }) => {
        if (name === state) makeUnit ??= deleteUnit();
        return 'go-on';
      },
    });
    simulation.sendEvent();
  };

  afterEach(() => {
    simulation.stop();
  });

  /** @returns makes it again */
  const deleteUnit = (): (() => void) => {
    const { units } = simulation.organization.state;
    const unit = units.get(OU);
    if (unit === undefined) throw new Error(`There is no ${OU}.`);
    units.delete(OU);
    return () => units.set(OU, unit);
  };

  it('makes no account where it is gone before AWS is asked, and one after it is there again', async () => {
    begin('AwaitCreationTurn');
    await simulation.settle();

    expect(simulation.organization.calls.filter(({ operation }) => operation === 'CreateAccount')).toEqual([]);
    expect(await simulation.detail()).toMatchObject({
      status: 'FAILED',
      account: null,
      lastError: { name: 'RejectedError', remedy: expect.stringContaining('No account was made.') as string },
    });
    expect(simulation.outcomes).toMatchObject([{ type: 'Account Vending Failed', detail: { state: 'CreateAccount' } }]);
    expect(await simulation.inside()).toEqual([]);

    makeUnit?.();
    expect(await simulation.replay()).toMatchObject({ status: 202 });
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', run: 2 });
    expect(simulation.madeAccounts).toMatchObject([{ parentId: OU }]);
  });

  it('leaves the account where it is when it is gone after that, and moves it once it is there again', async () => {
    begin('CheckAccess');
    await simulation.settle();

    const [made] = simulation.madeAccounts;
    const { rootId } = simulation.organization.state.seed;
    expect(made?.parentId).toBe(rootId);
    expect(await simulation.detail()).toMatchObject({
      status: 'FAILED',
      account: { id: made?.id },
      lastError: { name: 'RejectedError', remedy: expect.stringContaining('awsTargetOrgUnitId') as string },
    });
    expect(simulation.outcomes).toMatchObject([{ type: 'Account Vending Failed', detail: { state: 'MoveAccount' } }]);
    expect(await simulation.inside()).toEqual([]);

    makeUnit?.();
    expect(await simulation.replay()).toMatchObject({ status: 202 });
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', run: 2, account: { id: made?.id } });
    expect(simulation.madeAccounts).toMatchObject([{ id: made?.id, parentId: OU }]);
    expect(simulation.outcomesOf('CreateAccount')).toEqual(['ok']);
  });
});
