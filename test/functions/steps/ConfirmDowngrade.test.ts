import { downgradedPolicy } from '../../../functions/domain/access/access-role-policies';
import { TransientError } from '../../../functions/domain/base/errors';
import { confirmDowngrade } from '../../../functions/steps/ConfirmDowngrade/step';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccessRole } from '../../fakes/fake-access-role';
import { account, vending } from '../../fakes/vending';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const KEPT = downgradedPolicy('aws', account.id, 'MeshstackAccountAccessRole');

const confirm = (role: FakeAccessRole, selfDowngrade = true, isPrepared = true) =>
  confirmDowngrade({ role, repository: new FakeTenantRepository(), partition: 'aws', isPrepared })(
    vending({ tenant: { account }, plan: { selfDowngrade } }),
  );

/** An access role that has got what it keeps. */
const prepared = (): FakeAccessRole => {
  const role = new FakeAccessRole();
  role.inline.set(KEPT.name, KEPT.document);
  return role;
};

describe('ConfirmDowngrade', () => {
  it('takes away all that is attached or inline, but what the role keeps, and looks once more', async () => {
    const role = prepared();
    role.attached.add('arn:aws:iam::aws:policy/ReadOnlyAccess');
    role.inline.set('AdministratorAccess', '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}');
    expect(await confirm(role)).toEqual({
      result: { downgraded: true, prepareAgain: false },
      changes: [ADMINISTRATOR, 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'AdministratorAccess'].map((from) => ({
        what: 'policy of MeshstackAccountAccessRole',
        from,
        to: null,
      })),
    });
    expect([[...role.attached], [...role.inline.keys()]]).toEqual([[], [KEPT.name]]);
    expect(role.entries).toHaveLength(5);
  });

  it('writes nothing a second time', async () => {
    const role = prepared();
    await confirm(role);
    expect(await confirm(role)).toEqual({ result: { downgraded: true, prepareAgain: false }, changes: [] });
    expect(role.writes).toEqual([`detach ${ADMINISTRATOR}`]);
  });

  it('goes on where it was killed: what is kept allows the rest', async () => {
    const role = prepared();
    role.attached.clear();
    role.inline.set('other', '{}');
    await confirm(role);
    expect(role.writes).toEqual(['delete other']);
  });

  it('takes nothing while the policy that is kept is not to be seen', async () => {
    const role = new FakeAccessRole();
    await expect(confirm(role)).rejects.toBeInstanceOf(TransientError);
    expect(role.writes).toEqual([]);
  });

  it('has the policy put again where somebody has taken it since the account was opened', async () => {
    const role = new FakeAccessRole();
    expect(await confirm(role, true, false)).toEqual({
      result: { downgraded: false, prepareAgain: true },
      remark: `The access role has lost the policy ${KEPT.name}, and gets it again.`,
    });
    expect(role.writes).toEqual([]);
    expect(await confirm(prepared(), true, false)).toMatchObject({ result: { downgraded: true } });
  });

  it('looks again while something still shows that was taken away', async () => {
    const role = prepared();
    role.shadows.add(ADMINISTRATOR);
    await expect(confirm(role)).rejects.toThrow(`still has ${ADMINISTRATOR}`);
    role.shadows.clear();
    expect(await confirm(role)).toMatchObject({ result: { downgraded: true } });
  });

  it('says so when somebody else has taken the policy that is kept', async () => {
    const role = prepared();
    const other = 'meshstack-minimum-of-somebody-else';
    const detach = role.detachPolicy.bind(role);
    role.detachPolicy = async (...call) => {
      await detach(...call);
      role.inline.set(other, KEPT.document);
      role.inline.delete(KEPT.name);
    };
    await expect(confirm(role)).rejects.toThrow(`still has ${other}`);
    role.inline.delete(other);
    await expectRejected(confirm(role), 'locked itself out', '');
  });

  it('leaves the role as it is when it is turned off', async () => {
    const role = prepared();
    expect(await confirm(role, false)).toEqual({ result: { downgraded: false, prepareAgain: false } });
    expect(role.entries).toEqual([]);
  });

  it('looks once, and not again, where nothing was to be taken', async () => {
    const role = prepared();
    role.attached.clear();
    await confirm(role);
    expect(role.entries).toHaveLength(1);
  });

  it('lists all that still shows', async () => {
    const role = prepared();
    role.shadows.add(ADMINISTRATOR);
    role.shadows.add('arn:aws:iam::aws:policy/ReadOnlyAccess');
    await expect(confirm(role)).rejects.toThrow(`still has ${ADMINISTRATOR}, arn:aws:iam::aws:policy/ReadOnlyAccess`);
  });

  it('comes again where the policy that is kept does not show any more after the others are gone', async () => {
    const role = prepared();
    const detach = role.detachPolicy.bind(role);
    role.detachPolicy = async (...call) => {
      await detach(...call);
      role.inline.set('wide', '{"Action":"*"}');
    };
    const listRights = role.listRights.bind(role);
    let lists = 0;
    role.listRights = async (entry) => {
      const rights = await listRights(entry);
      lists += 1;
      return lists === 1 ? rights : { attachedPolicyArns: [], inlinePolicyNames: [] };
    };
    await expect(confirm(role)).rejects.toThrow(`${KEPT.name} of MeshstackAccountAccessRole is not to be seen yet`);
  });

  it('keeps the policy by which roles of meshIdB are made, where people come in by them', async () => {
    const ofSaml = downgradedPolicy('aws', account.id, 'MeshstackAccountAccessRole', true);
    const role = new FakeAccessRole();
    role.inline.set(ofSaml.name, ofSaml.document);
    const samlAccess = { provider: { name: 'meshIdB', metadataDocument: null }, roles: [], failIfNotFound: true };
    const report = await confirmDowngrade({ role, repository: new FakeTenantRepository(), partition: 'aws' })(
      vending({ tenant: { account }, plan: { samlAccess } }),
    );
    expect(report).toMatchObject({ result: { downgraded: true } });
    expect([...role.inline.keys()]).toEqual([ofSaml.name]);
  });
});
