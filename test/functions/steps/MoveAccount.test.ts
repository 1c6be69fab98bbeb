import { TransientError } from '../../../functions/domain/base/errors';
import type { Enrollment } from '../../../functions/domain/records/account-records';
import type { Governance } from '../../../functions/domain/enrollment/governance';
import type { AccountFactory, ProvisionedProduct } from '../../../functions/ports/account-factory';
import { moveAccount } from '../../../functions/steps/MoveAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { account, enrollment, NOW, vending } from '../../fakes/vending';

const TARGET = 'ou-ab12-cdefgh34';

/** Root, the target with a team and a squad below it, and another OU. */
const treeWithAccountIn = (parent: string): FakeOrganizationTree =>
  new FakeOrganizationTree({
    [TARGET]: 'r-ab12',
    'ou-ab12-team0001': TARGET,
    'ou-ab12-squad001': 'ou-ab12-team0001',
    'ou-ab12-legacy01': 'r-ab12',
    [account.id]: parent,
  });

function unreachable(): FakeOrganizationTree {
  const tree = new FakeOrganizationTree({});
  jest.spyOn(tree, 'parentOf').mockRejectedValue(new TransientError('AWS could not say just now.'));
  return tree;
}

/** No account is enrolled with Control Tower, unless a test says so. */
const factoryThatKnows = (product?: ProvisionedProduct): Pick<AccountFactory, 'productsOf'> => ({
  productsOf: () => Promise.resolve(product === undefined ? [] : [product]),
});

const controlTowerThatSays = (governance: Governance): FakeControlTower => {
  const controlTower = new FakeControlTower();
  controlTower.governance = governance;
  return controlTower;
};

const controlTower = controlTowerThatSays('none');

const move = (tree: FakeOrganizationTree, hierarchical = false) =>
  moveAccount({ tree, controlTower, factory: factoryThatKnows() })(
    vending({ tenant: { account }, plan: { allowHierarchicalOrganizationalUnitAssignment: hierarchical } }),
  );

describe('MoveAccount', () => {
  it.each(['r-ab12', 'ou-ab12-legacy01', 'ou-ab12-team0001'])(
    'moves the account to the target from %s',
    async (from) => {
      const tree = treeWithAccountIn(from);
      expect(await move(tree)).toEqual({
        result: { moved: true, organizationalUnitId: TARGET },
        changes: [{ what: 'organizational unit', from, to: TARGET }],
      });
      expect(tree.moves).toEqual([{ accountId: account.id, from, to: TARGET }]);
    },
  );

  it('moves nothing when the account is there', async () => {
    const tree = treeWithAccountIn('r-ab12');
    await move(tree);
    expect(await move(tree)).toEqual({
      result: { moved: false, organizationalUnitId: TARGET },
      remark: `The account is in ${TARGET}.`,
    });
    expect(tree.moves).toHaveLength(1);
  });

  it('tells where an account is going to be that is enrolled by the move', async () => {
    const tree = treeWithAccountIn('r-ab12');
    const plan = { enrollment: { ...enrollment, strategy: 'auto-enroll' as const } };
    const report = await moveAccount({ tree, controlTower, factory: factoryThatKnows() })(
      vending({ tenant: { account }, plan }),
    );
    expect(report.result).toEqual({ moved: false, organizationalUnitId: TARGET });
    expect(tree.moves).toEqual([]);
  });

  it('moves an account of Control Tower that follows moves', async () => {
    const tree = treeWithAccountIn('ou-ab12-legacy01');
    const factory = factoryThatKnows();
    const plan = { controlTowerFollowsMoves: true, controlTowerRegion: 'eu-central-1' };
    const tenant = { account: { ...account, imported: true } };
    const report = await moveAccount({ tree, controlTower: controlTowerThatSays('enrolled'), factory })(
      vending({ tenant, plan }),
    );
    expect(report.result).toEqual({ moved: true, organizationalUnitId: TARGET });
  });

  it('asks Control Tower by the ARN of the account, and the Account Factory by its id', async () => {
    const tree = treeWithAccountIn('ou-ab12-legacy01');
    const [factory, asked] = [factoryThatKnows(), controlTowerThatSays('none')];
    const calls = [jest.spyOn(asked, 'governanceOf'), jest.spyOn(factory, 'productsOf'), jest.spyOn(tree, 'parentOf')];
    const tenant = { account: { ...account, imported: true } };
    await moveAccount({ tree, controlTower: asked, factory })(
      vending({ tenant, plan: { controlTowerRegion: 'eu-central-1' } }),
    );
    expect(calls.map(({ mock }) => mock.calls[0])).toEqual([[account.arn], [account.id], [account.id]]);
  });

  it.each(['ou-ab12-team0001', 'ou-ab12-squad001'])(
    'leaves the account in %s below the target where that is allowed',
    async (parent) => {
      const tree = treeWithAccountIn(parent);
      expect(await move(tree, true)).toMatchObject({
        result: { moved: false, organizationalUnitId: parent },
        remark: `The account stays in ${parent}, which is below ${TARGET}.`,
      });
      expect(tree.moves).toEqual([]);
    },
  );

  it.each(['r-ab12', 'ou-ab12-legacy01'])('moves it from %s, beside the target, in any case', async (from) => {
    expect(await move(treeWithAccountIn(from), true)).toMatchObject({ result: { moved: true } });
  });

  describe('to the unit of the workspace', () => {
    const moveTo = (tree: FakeOrganizationTree, workspaceUnit?: string) =>
      moveAccount({ tree, controlTower, factory: factoryThatKnows(), workspaceUnit: () => workspaceUnit })(
        vending({
          tenant: { account },
          plan: { targetOrgUnitId: null, workspaceOrgUnit: { parentOrgUnitId: TARGET, name: 'retail' } },
        }),
      );

    it('moves the account to what the workflow was told', async () => {
      const tree = treeWithAccountIn('r-ab12');
      expect(await moveTo(tree, 'ou-ab12-team0001')).toMatchObject({
        result: { organizationalUnitId: 'ou-ab12-team0001' },
      });
      expect(tree.moves).toEqual([{ accountId: account.id, from: 'r-ab12', to: 'ou-ab12-team0001' }]);
    });

    it('moves nothing where the workflow was told nothing', async () => {
      const tree = treeWithAccountIn('r-ab12');
      await expectRejected(moveTo(tree), '"retail" of the workspace', 'replicationSequence');
      expect(tree.moves).toEqual([]);
    });
  });

  it('comes again while AWS does not know yet where the account is', async () => {
    await expect(move(new FakeOrganizationTree({}))).rejects.toBeInstanceOf(TransientError);
  });

  describe('of an account that has long been there', () => {
    const moveLater = (tree: FakeOrganizationTree) =>
      moveAccount({ tree, controlTower, factory: factoryThatKnows() })(vending({ tenant: { account }, at: 900 }));

    it('says that it has left the organization, when AWS knows it no more', async () => {
      const left = moveLater(new FakeOrganizationTree({}));
      await expectRejected(left, '444444444444 has left the organization', 'Invite it back');
    });

    it('comes again when AWS could not say', async () => {
      await expect(moveLater(unreachable())).rejects.toBeInstanceOf(TransientError);
    });
  });

  describe('of an account that is to be enrolled', () => {
    const product: ProvisionedProduct = {
      id: 'pp-1',
      name: 'retail.webshop-dev',
      status: 'AVAILABLE',
      lastRecordId: null,
      accountId: account.id,
      hasSucceeded: true,
    };

    it.each([
      { what: 'is enrolled', known: product, governance: 'enrolled', moved: false },
      {
        what: 'is enrolled, and nobody has made a product for it',
        known: undefined,
        governance: 'enrolled',
        moved: false,
      },
      { what: 'has never been enrolled', known: undefined, moved: true },
      { what: 'has been unenrolled, and its product has stayed behind', known: product, moved: true },
      { what: 'is being enrolled by its unit', known: undefined, governance: 'changing', moved: false },
      { what: 'has half an enrollment', known: undefined, governance: 'failed', moved: false },
      { what: 'has controls', known: undefined, governance: 'controlled', moved: false },
      {
        what: 'has a failed enrollment',
        known: { ...product, status: 'TAINTED', hasSucceeded: false } as const,
        moved: true,
      },
      {
        what: 'is being enrolled',
        known: { ...product, status: 'UNDER_CHANGE', hasSucceeded: false } as const,
        moved: false,
      },
    ] as const)('moves it itself only while nobody else may: it $what', async ({ known, moved, ...row }) => {
      const tree = treeWithAccountIn('ou-ab12-legacy01');
      const governance = 'governance' in row ? row.governance : 'none';
      const step = moveAccount({
        tree,
        factory: factoryThatKnows(known),
        controlTower: controlTowerThatSays(governance),
      });
      expect(await step(vending({ tenant: { account }, plan: { enrollment } }))).toMatchObject({ result: { moved } });
      expect(tree.moves).toHaveLength(moved ? 1 : 0);
    });

    it.each([
      { what: 'that was just made', changes: {}, from: 'r-ab12', asked: 0 },
      { what: 'that was just made and put somewhere', changes: {}, from: 'ou-ab12-legacy01', asked: 1 },
      { what: 'that was imported', changes: { imported: true }, from: 'r-ab12', asked: 1 },
    ])('asks $asked times whether Control Tower governs an account $what, in $from', async (row) => {
      const { changes, from, asked } = row;
      const own = controlTowerThatSays('none');
      const step = moveAccount({ tree: treeWithAccountIn(from), controlTower: own, factory: factoryThatKnows() });
      const planned = vending({ tenant: { account: { ...account, ...changes } }, plan: { enrollment } });
      expect(await step(planned)).toMatchObject({ result: { moved: true } });
      expect(own.governanceAsked).toBe(asked);
    });

    it('does not move an account out of the root either while somebody enrolls it', async () => {
      const tree = treeWithAccountIn('r-ab12');
      const busy: ProvisionedProduct = { ...product, status: 'UNDER_CHANGE', hasSucceeded: false };
      const step = moveAccount({ tree, controlTower, factory: factoryThatKnows(busy) });
      expect(await step(vending({ tenant: { account }, plan: { enrollment } }))).toMatchObject({
        result: { moved: false },
      });
      expect(tree.moves).toEqual([]);
    });

    it('leaves it in the root after a failed enrollment was taken back: the Account Factory puts it into its unit', async () => {
      const tree = treeWithAccountIn('r-ab12');
      const step = moveAccount({ tree, controlTower, factory: factoryThatKnows() });
      const takenBack: Enrollment = {
        phase: 'waiting',
        kind: 'terminate',
        attempt: 2,
        recordId: 'rec-2',
        requestHash: null,
        productName: null,
        askedAt: NOW.toISOString(),
        busySince: null,
        hasPaused: true,
        failures: 1,
      };
      const planned = vending({ tenant: { account, enrollment: takenBack }, plan: { enrollment } });
      expect(await step(planned)).toMatchObject({ result: { moved: false, organizationalUnitId: TARGET } });
      expect(tree.moves).toEqual([]);
    });

    describe('no longer, by its new landing zone', () => {
      const enrolled: Enrollment = {
        phase: 'ended',
        kind: 'provision',
        attempt: 1,
        recordId: 'rec-1',
        requestHash: null,
        productName: null,
        askedAt: NOW.toISOString(),
        busySince: null,
        hasPaused: false,
        failures: 0,
      };
      const step = (known?: ProvisionedProduct) => {
        const tree = treeWithAccountIn('ou-ab12-legacy01');
        const governance = known === undefined ? 'none' : 'enrolled';
        const moving = moveAccount({
          tree,
          factory: factoryThatKnows(known),
          controlTower: controlTowerThatSays(governance),
        });
        return moving(vending({ tenant: { account, enrollment: enrolled } }));
      };

      it('is refused while Control Tower has it: moved, it would be drift', async () => {
        await expectRejected(
          step(product),
          'is enrolled in Control Tower, and its landing zone "aws-dev" is not',
          'Unmanage',
        );
      });

      it('is refused also where somebody else has enrolled it before it was imported', async () => {
        const tree = treeWithAccountIn('ou-ab12-legacy01');
        const imported = { ...account, imported: true };
        const moving = moveAccount({
          tree,
          factory: factoryThatKnows(),
          controlTower: controlTowerThatSays('enrolled'),
        });
        await expectRejected(
          moving(vending({ tenant: { account: imported }, plan: { controlTowerRegion: 'eu-central-1' } })),
          'is enrolled in Control Tower',
          'Unmanage',
        );
      });

      it('is refused also where somebody has enrolled one that we have made and never enrolled', async () => {
        const tree = treeWithAccountIn('ou-ab12-legacy01');
        const moving = moveAccount({
          tree,
          factory: factoryThatKnows(),
          controlTower: controlTowerThatSays('enrolled'),
        });
        await expectRejected(
          moving(vending({ tenant: { account }, plan: { controlTowerRegion: 'eu-central-1' } })),
          'is enrolled in Control Tower',
          'Unmanage',
        );
        expect(tree.moves).toEqual([]);
      });

      it('asks nobody about an account that is where it was made', async () => {
        const own = controlTowerThatSays('enrolled');
        const factory = { productsOf: () => Promise.reject(new Error('Nobody asks.')) };
        const moving = moveAccount({ tree: treeWithAccountIn('r-ab12'), factory, controlTower: own });
        expect(
          await moving(vending({ tenant: { account }, plan: { controlTowerRegion: 'eu-central-1' } })),
        ).toMatchObject({ result: { moved: true } });
        expect(own.governanceAsked).toBe(0);
      });

      it('is refused where the account is one of Control Tower itself', async () => {
        const tree = treeWithAccountIn('ou-ab12-legacy01');
        const moving = moveAccount({
          tree,
          factory: factoryThatKnows(),
          controlTower: controlTowerThatSays('shared'),
        });
        await expectRejected(
          moving(vending({ tenant: { account }, plan: { enrollment } })),
          'is a service integration account of Control Tower',
          'Give the tenant another account',
        );
        expect(tree.moves).toEqual([]);
      });

      it('is moved once a person has unmanaged it', async () => {
        expect(await step()).toMatchObject({ result: { moved: true } });
      });
    });
  });

  it('moves nothing where neither landing zone nor workflow names a unit', async () => {
    const tree = treeWithAccountIn('r-ab12');
    const step = moveAccount({ tree, controlTower, factory: factoryThatKnows() });
    const plan = { targetOrgUnitId: null, workspaceOrgUnit: { parentOrgUnitId: TARGET, name: 'retail' } };
    await expectRejected(
      step(vending({ tenant: { account }, plan })),
      '"retail" of the workspace',
      'looks for the unit',
    );
    expect(tree.moves).toEqual([]);
  });

  it('asks no Control Tower where there is none', async () => {
    const own = controlTowerThatSays('enrolled');
    const step = moveAccount({
      tree: treeWithAccountIn('ou-ab12-legacy01'),
      controlTower: own,
      factory: { productsOf: () => Promise.reject(new Error('Nobody asks.')) },
    });
    expect(await step(vending({ tenant: { account } }))).toMatchObject({ result: { moved: true } });
    expect(own.governanceAsked).toBe(0);
  });

  it('says to whom it leaves the move: to the Account Factory, or to the turn for it', async () => {
    const step = (plan: typeof enrollment) =>
      moveAccount({
        tree: treeWithAccountIn('ou-ab12-legacy01'),
        factory: factoryThatKnows(),
        controlTower: controlTowerThatSays('enrolled'),
      })(vending({ tenant: { account }, plan: { enrollment: plan } }));
    expect((await step(enrollment)).remark).toContain('Account Factory');
    expect((await step({ ...enrollment, strategy: 'auto-enroll' })).remark).toContain('waits for its turn');
  });

  describe('of an account whose landing zone enrolls nobody any more', () => {
    const ended: Enrollment = {
      phase: 'ended',
      kind: 'provision',
      attempt: 1,
      recordId: 'rec-1',
      requestHash: null,
      productName: null,
      askedAt: NOW.toISOString(),
      busySince: null,
      hasPaused: false,
      failures: 0,
    };
    const moveFrom = (from: string, known: Enrollment, governance: Governance) => {
      const tree = treeWithAccountIn(from);
      const step = moveAccount({ tree, factory: factoryThatKnows(), controlTower: controlTowerThatSays(governance) });
      return step(vending({ tenant: { account, enrollment: known } }));
    };

    it('is moved, although its failed enrollment was to be made again', async () => {
      const takenBack: Enrollment = { ...ended, phase: 'waiting', kind: 'terminate' };
      expect(await moveFrom('r-ab12', takenBack, 'none')).toMatchObject({ result: { moved: true } });
    });

    it('is refused in the root as well where it was enrolled once, and Control Tower has it', async () => {
      await expectRejected(moveFrom('r-ab12', ended, 'enrolled'), 'is enrolled in Control Tower', 'it would be drift');
    });
  });
});
