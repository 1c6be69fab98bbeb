import { downgradedPolicy } from '../../../functions/domain/access/access-role-policies';
import { downgradeAccessRole } from '../../../functions/steps/DowngradeAccessRole/step';
import { FakeAccessRole } from '../../fakes/fake-access-role';
import { account, plan, vending } from '../../fakes/vending';

const KEPT = downgradedPolicy('aws', account.id, 'MeshstackAccountAccessRole');

const downgrade = (role: FakeAccessRole, partition = 'aws', selfDowngrade = true) =>
  downgradeAccessRole({ role, partition })(vending({ tenant: { account }, plan: { selfDowngrade } }));

describe('DowngradeAccessRole', () => {
  it('gives the role what it keeps, takes nothing yet, and lets that take effect', async () => {
    const role = new FakeAccessRole();
    expect(await downgrade(role)).toEqual({
      result: { ready: true, waitSeconds: 30 },
      changes: [{ what: 'policy of MeshstackAccountAccessRole', from: null, to: KEPT.name }],
    });
    expect([...role.inline]).toEqual([[KEPT.name, KEPT.document]]);
    expect(role.attached.size).toBe(1);
    expect(role.entries).toContainEqual({
      accountId: account.id,
      accessRole: plan().account.accessRole,
    });
  });

  it('writes nothing and waits for nothing when the role has that alone', async () => {
    const role = new FakeAccessRole();
    await downgrade(role);
    role.attached.clear();
    expect(await downgrade(role)).toMatchObject({ result: { waitSeconds: 0 } });
    expect(role.writes).toHaveLength(1);
  });

  it.each([
    { left: 'an attached policy', leave: () => undefined },
    {
      left: 'an inline policy',
      leave: (role: FakeAccessRole) => {
        role.attached.clear();
        role.inline.set('other', '{}');
      },
    },
  ])('waits, but writes nothing, after a run that was killed: $left is left to be taken', async ({ leave }) => {
    const role = new FakeAccessRole();
    await downgrade(role);
    leave(role);
    expect(await downgrade(role)).toMatchObject({ result: { waitSeconds: 30 } });
    expect(role.writes).toHaveLength(1);
  });

  it.each([
    { putAgo: 30, waitSeconds: 0 },
    { putAgo: 29, waitSeconds: 30 },
    { putAgo: null, waitSeconds: 30 },
  ])(
    'waits $waitSeconds s where the run tells that the policy was put $putAgo s ago',
    async ({ putAgo, waitSeconds }) => {
      const role = new FakeAccessRole();
      await downgrade(role);
      const context = vending({ tenant: { account }, plan: { selfDowngrade: true } });
      const changedAt = ({ what, to }: { what: string; to: string | null }) =>
        putAgo === null || what !== 'policy of MeshstackAccountAccessRole' || to !== KEPT.name
          ? null
          : new Date(context.now.getTime() - putAgo * 1000);

      const report = await downgradeAccessRole({ role, partition: 'aws', changedAt })(context);

      expect(report).toMatchObject({ result: { waitSeconds } });
      expect(role.writes).toHaveLength(1);
    },
  );

  it('waits for a policy that it has to put again, whatever the run tells', async () => {
    const changedAt = () => new Date(0);
    const step = downgradeAccessRole({ role: new FakeAccessRole(), partition: 'aws', changedAt });

    expect(await step(vending({ tenant: { account } }))).toMatchObject({ result: { waitSeconds: 30 } });
  });

  it('puts a new policy beside that of an older release: the name tells the content', async () => {
    const role = new FakeAccessRole();
    role.inline.set('meshstack-minimum-0000000000000000', '{}');
    expect(await downgrade(role)).toMatchObject({ result: { waitSeconds: 30 } });
    expect([...role.inline.keys()]).toEqual(['meshstack-minimum-0000000000000000', KEPT.name]);
  });

  it('names resources of the partition it is in', async () => {
    const role = new FakeAccessRole();
    await downgrade(role, 'aws-us-gov');
    expect([...role.inline.values()].join('')).toContain(
      `arn:aws-us-gov:iam::${account.id}:role/MeshstackAccountAccessRole`,
    );
  });

  it('does not even look when it is turned off', async () => {
    const role = new FakeAccessRole();
    expect(await downgrade(role, 'aws', false)).toMatchObject({ result: { waitSeconds: 0 } });
    expect(role.entries).toEqual([]);
  });

  it('asks for no boundary where none is wanted and none is remembered', async () => {
    const role = new FakeAccessRole();
    const boundaryOf = jest.spyOn(role, 'boundaryOf');
    await downgrade(role);
    expect(boundaryOf).not.toHaveBeenCalled();
  });

  it('lets the role make roles of meshIdB where people come in by them', async () => {
    const role = new FakeAccessRole();
    const samlAccess = { provider: { name: 'meshIdB', metadataDocument: null }, roles: [], failIfNotFound: true };
    await downgradeAccessRole({ role, partition: 'aws' })(vending({ tenant: { account }, plan: { samlAccess } }));
    const ofSaml = downgradedPolicy('aws', account.id, 'MeshstackAccountAccessRole', true);
    expect([...role.inline.keys()]).toEqual([ofSaml.name]);
    expect(ofSaml.name).not.toBe(KEPT.name);
  });

  it('says so when it is turned off', async () => {
    expect((await downgrade(new FakeAccessRole(), 'aws', false)).remark).toContain('selfDowngradeAccessRole');
  });
});
