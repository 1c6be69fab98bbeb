import { sealOf } from '../../../functions/domain/access/access-role-seal';
import type { AccessRoleProfile } from '../../../functions/domain/access/access-role-profile';
import { contentHash } from '../../../functions/domain/base/json';
import { downgradedPolicy, sealedPolicy } from '../../../functions/domain/access/access-role-policies';
import { TransientError } from '../../../functions/domain/base/errors';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { confirmDowngrade } from '../../../functions/steps/ConfirmDowngrade/step';
import { downgradeAccessRole } from '../../../functions/steps/DowngradeAccessRole/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccessRole } from '../../fakes/fake-access-role';
import { FakeTenantRepository, ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { account, NOW, vending } from '../../fakes/vending';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ROLE = 'MeshstackAccountAccessRole';
const SEAL = sealOf('aws', account.id, ROLE);
const KEPT = sealedPolicy('aws', account.id, ROLE, SEAL);
const DOCUMENTS = downgradedPolicy('aws', account.id, ROLE);

/** A tenant's access role and what the ledger knows of it, in the hands of the two steps. */
class Sealing {
  readonly role = new FakeAccessRole();
  readonly repository = new FakeTenantRepository({ account });
  profile: AccessRoleProfile = 'sealed';

  prepare(at = 0): Promise<StepReport> {
    return downgradeAccessRole({ role: this.role, partition: 'aws' })(this.#vending(at));
  }

  confirm(): Promise<StepReport> {
    return confirmDowngrade({ role: this.role, repository: this.repository, partition: 'aws' })(this.#vending(0));
  }

  /** As the workflow goes through the states; what was put is in force after each wait. */
  async run(): Promise<number> {
    for (let waited = 0, passes = 1; ; passes += 1) {
      const { result } = await this.prepare(waited);
      waited += Number(result['waitSeconds']);
      this.role.pending.clear();
      if (result['ready'] === true) break;
      if (passes > 100) throw new Error('It never gets ready.');
    }
    await this.confirm();
    return this.role.writes.length;
  }

  /** What the role and the ledger have in the end. */
  get outcome(): object {
    const { attached, inline, boundary, policies } = this.role;
    return {
      attached: [...attached],
      inline: [...inline],
      boundary,
      seal: policies.get(SEAL.arn),
      remembered: this.repository.tenant.seal?.boundaryArn,
    };
  }

  #vending(at: number): ReturnType<typeof vending> {
    const { tenant } = this.repository;
    return vending({ tenant, plan: { accessRoleProfile: this.profile }, at });
  }
}

const sealedOutcome = {
  attached: [],
  inline: [[KEPT.name, KEPT.document]],
  boundary: SEAL.arn,
  seal: SEAL.document,
  remembered: SEAL.arn,
};

/** As `CreateAccount` leaves it, or as a run with the document's profile has. */
const beginnings = [
  { from: 'a new access role', begin: () => new Sealing() },
  {
    from: "a role with the document's minimum",
    begin: () => {
      const sealing = new Sealing();
      sealing.role.attached.clear();
      sealing.role.inline.set(DOCUMENTS.name, DOCUMENTS.document);
      return sealing;
    },
  },
];

describe('an access role that is to be sealed', () => {
  it.each(beginnings)('is sealed: $from', async ({ begin }) => {
    const sealing = begin();
    await sealing.run();
    expect(sealing.outcome).toEqual(sealedOutcome);
  });

  it('gets what it keeps, then the seal, and only then loses the rest', async () => {
    const sealing = new Sealing();
    await sealing.run();
    expect(sealing.role.writes).toEqual([`put ${KEPT.name}`, `make ${SEAL.name}`, 'seal', `detach ${ADMINISTRATOR}`]);
  });

  it.each(beginnings)('is looked at and not written a second time, and waits for nothing: $from', async ({ begin }) => {
    const sealing = begin();
    const writes = await sealing.run();
    expect(await sealing.prepare()).toEqual({
      result: { ready: true, waitSeconds: 0 },
      remark: 'The access role is sealed.',
    });
    expect(await sealing.confirm()).toEqual({ result: { downgraded: true, prepareAgain: false }, changes: [] });
    expect(sealing.role.writes).toHaveLength(writes);
  });

  it.each(beginnings)('ends the same when it is killed before any of its writes: $from', async ({ begin }) => {
    const writes = await begin().run();
    for (let killedAt = 1; killedAt <= writes; killedAt += 1) {
      const sealing = begin();
      sealing.role.killedAt = killedAt;
      await expect(sealing.run()).rejects.toBeInstanceOf(ProcessKilledError);
      expect(sealing.role.boundary === null || sealing.repository.tenant.seal !== null).toBe(true);
      await sealing.run();
      expect(sealing.outcome).toEqual(sealedOutcome);
    }
  });

  it('has the seal take effect after a run that was killed when it had made it, however old its policy is', async () => {
    const sealing = new Sealing();
    sealing.role.inline.set(KEPT.name, KEPT.document);
    sealing.role.policies.set(SEAL.arn, SEAL.document);
    const step = downgradeAccessRole({ role: sealing.role, partition: 'aws', changedAt: () => NOW });
    const context = vending({ tenant: { account }, plan: { accessRoleProfile: 'sealed' }, at: 3600 });
    expect(await step(context)).toMatchObject({ result: { waitSeconds: 30 } });
  });

  it('is remembered before AWS is asked', async () => {
    const sealing = new Sealing();
    await sealing.prepare();
    sealing.repository.killedAt = 1;
    await expect(sealing.confirm()).rejects.toBeInstanceOf(ProcessKilledError);
    expect(sealing.role.boundary).toBeNull();
    sealing.repository.killedAt = Infinity;
    await sealing.confirm();
    expect(sealing.repository.tenant.seal).toEqual({ boundaryArn: SEAL.arn, since: NOW.toISOString() });
  });

  it('waits until the policy that lets it be sealed is in force, within a budget', async () => {
    const sealing = beginnings[1]?.begin() ?? new Sealing();
    sealing.role.pending.add(KEPT.name);
    expect(await sealing.prepare()).toEqual({
      result: { ready: false, waitSeconds: 5 },
      remark: `The policy ${KEPT.name} is not in force yet.`,
      changes: [{ what: `policy of ${ROLE}`, from: null, to: KEPT.name }],
    });
    expect(await sealing.prepare(120)).toMatchObject({ result: { ready: false, waitSeconds: 14 } });
    await expectRejected(sealing.prepare(600), 'has not come into force for 10 minutes', 'service control policy');
  });

  it('is not sealed while its seal is not to be seen', async () => {
    const sealing = new Sealing();
    await sealing.prepare();
    sealing.role.policies.clear();
    await expect(sealing.confirm()).rejects.toBeInstanceOf(TransientError);
    expect(sealing.role.boundary).toBeNull();
    expect(sealing.role.attached.size).toBe(1);
  });

  it('tells of its boundary as of a change, and is written down once', async () => {
    const sealing = new Sealing();
    await sealing.prepare();
    expect((await sealing.confirm()).changes).toEqual([
      { what: `permissions boundary of ${ROLE}`, from: null, to: SEAL.arn },
      { what: `policy of ${ROLE}`, from: ADMINISTRATOR, to: null },
    ]);
    expect(sealing.repository.writes).toBe(1);
    await sealing.confirm();
    expect(sealing.repository.writes).toBe(1);
  });

  it('comes again, with their names, while its seal or its boundary are not to be seen', async () => {
    const sealing = new Sealing();
    await sealing.prepare();
    const { policies } = sealing.role;
    policies.clear();
    await expect(sealing.confirm()).rejects.toThrow(SEAL.arn);
    policies.set(SEAL.arn, SEAL.document);
    jest.spyOn(sealing.role, 'boundaryOf').mockResolvedValue(null);
    await expect(sealing.confirm()).rejects.toThrow(`boundary of ${ROLE} is not to be seen`);
  });

  it('tells that its seal was made as of a change', async () => {
    const { changes } = await new Sealing().prepare();
    expect(changes).toContainEqual({ what: 'policy of the account', from: null, to: SEAL.name });
  });

  it('makes its seal once, although the run before was killed after that', async () => {
    const sealing = new Sealing();
    await sealing.prepare();
    await sealing.prepare();
    expect(sealing.role.writes).toEqual([`put ${KEPT.name}`, `make ${SEAL.name}`]);
  });

  it('waits for what a run that was killed may have put a moment ago, although nothing is left to be taken', async () => {
    const sealing = new Sealing();
    await sealing.prepare();
    sealing.role.attached.clear();
    expect((await sealing.prepare()).result).toEqual({ ready: true, waitSeconds: 30 });
  });

  it('is not sealed with a policy that somebody else has made', async () => {
    const sealing = new Sealing();
    sealing.role.policies.set(SEAL.arn, '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}');
    await expectRejected(sealing.prepare(), 'does not say what it was made to say', 'docs/iam.md');
  });

  it('keeps the boundary of somebody else, and is refused', async () => {
    const sealing = new Sealing();
    sealing.role.boundary = 'arn:aws:iam::444444444444:policy/corp-guard';
    sealing.role.policies.set(sealing.role.boundary, '"iam:GetRole""iam:ListRolePolicies"');
    await expectRejected(sealing.prepare(), 'corp-guard already', 'accessRoleProfile "meshstack"');
    await expectRejected(sealing.confirm(), 'corp-guard already', 'accessRoleProfile "meshstack"');
    expect(sealing.role.writes).toEqual([]);
  });
});

describe('a sealed access role', () => {
  const sealed = async (): Promise<Sealing> => {
    const sealing = new Sealing();
    await sealing.run();
    return sealing;
  };

  it('loses again what somebody has given it', async () => {
    const sealing = await sealed();
    sealing.role.attached.add(ADMINISTRATOR);
    sealing.role.inline.set('other', '{}');
    expect(await sealing.prepare()).toMatchObject({ result: { ready: true, waitSeconds: 30 } });
    await sealing.run();
    expect(sealing.outcome).toEqual(sealedOutcome);
  });

  it('is sealed again when somebody has taken its seal away', async () => {
    const sealing = await sealed();
    sealing.role.boundary = null;
    await sealing.run();
    expect(sealing.outcome).toEqual(sealedOutcome);
  });

  it.each([
    ['has another default version', (role: FakeAccessRole) => role.policies.set(SEAL.arn, KEPT.document)],
    ['cannot be read', (role: FakeAccessRole) => role.policies.set(SEAL.arn, '"iam:GetRole""iam:ListRolePolicies"')],
  ])('is refused when its seal %s', async (_, change) => {
    const sealing = await sealed();
    change(sealing.role);
    await expectRejected(sealing.prepare(), 'somebody has changed it', 'CloudTrail');
  });

  it('stays sealed when the configuration says otherwise', async () => {
    const sealing = await sealed();
    const writes = sealing.role.writes.length;
    sealing.profile = 'meshstack';
    expect(await sealing.run()).toBe(writes);
    expect(sealing.outcome).toEqual(sealedOutcome);
  });

  it("gets the document's minimum once it was opened and the configuration says so; the ledger forgets the seal", async () => {
    const sealing = await sealed();
    sealing.role.boundary = null;
    sealing.role.attached.add(ADMINISTRATOR);
    sealing.profile = 'meshstack';
    await sealing.run();
    expect([...sealing.role.inline.keys()]).toEqual([DOCUMENTS.name]);
    expect(sealing.repository.tenant.seal).toBeNull();
  });

  it('by an earlier release keeps its seal and its policy, which it could not change', async () => {
    const sealing = await sealed();
    const sealArn = sealedByEarlierRelease(sealing);
    const writes = sealing.role.writes.length;
    expect(await sealing.run()).toBe(writes);
    expect(sealing.role.boundary).toBe(sealArn);
    expect(sealing.repository.tenant.seal?.boundaryArn).toBe(sealArn);
  });

  it('by an earlier release loses again what somebody has given it, and keeps its policy under its old name', async () => {
    const sealing = await sealed();
    sealedByEarlierRelease(sealing);
    sealing.role.attached.add(ADMINISTRATOR);
    expect(await sealing.confirm()).toMatchObject({ changes: [{ from: ADMINISTRATOR, to: null }] });
    expect([...sealing.role.attached]).toEqual([]);
  });
});

/** The role has the seal and the policy of an earlier release. */
function sealedByEarlierRelease({ role }: Sealing): string {
  const document = SEAL.document.replace('LookAtRoles', 'LookAtOldRoles');
  const { sealArn, hash } = renamed(document);
  role.policies.set(sealArn, document);
  role.boundary = sealArn;
  role.inline.clear();
  role.inline.set(`sealed-minimum-${hash}`, KEPT.document);
  return sealArn;
}

/** The name that a seal of this content has. */
function renamed(document: string): { readonly sealArn: string; readonly hash: string } {
  const hash = contentHash(JSON.parse(document)).slice(0, 16);
  return { hash, sealArn: SEAL.arn.replace(/[0-9a-f]{16}$/, hash) };
}
