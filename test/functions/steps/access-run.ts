import type { AssignmentRecord } from '../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { Step, StepReport } from '../../../functions/domain/run/step-context';
import { checkGrants } from '../../../functions/steps/CheckGrants/step';
import { grantAccess } from '../../../functions/steps/GrantAccess/step';
import { revokeAccess } from '../../../functions/steps/RevokeAccess/step';
import { FakeAccess } from '../../fakes/fake-access';
import { FakeSamlAccess } from '../../fakes/fake-saml-access';
import { after, NOW, vending } from '../../fakes/vending';

export const identityStore = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  instanceArn: 'arn:instance',
  scim: null,
};
export const group = (
  awsRole: string,
  members: readonly string[],
  ...sets: readonly string[]
): VendingPlan['groups'][number] => ({
  name: `mst-${awsRole}`,
  awsRole,
  projectRoles: [awsRole],
  permissionSetArns: [...sets],
  members: [...members],
});

export const JANE = 'jane@corp.example';
export const OMAR = 'omar@corp.example';
export const wanted: Partial<VendingPlan> = {
  identityStore,
  groups: [group('admin', [JANE, OMAR], 'set-admin'), group('reader', [OMAR], 'set-view', 'set-billing')],
};

/** The steps of a run over one world, with time that passes between them. */
export class Run {
  readonly access: FakeAccess;
  readonly reports: StepReport[] = [];
  seconds = 0;

  constructor(access = worldWith(JANE, OMAR)) {
    this.access = access;
  }

  async pass(
    step: (ports: {
      repository: FakeAccess;
      groupDirectory: FakeAccess;
      assignments: FakeAccess;
      saml: FakeSamlAccess;
    }) => Step,
    parts = wanted,
  ): Promise<StepReport> {
    const saml = new FakeSamlAccess();
    const ports = { repository: this.access, groupDirectory: this.access, assignments: this.access, saml };
    const report = await step(ports)({
      ...vending({ plan: parts }),
      tenant: this.access.tenant,
      now: after(this.seconds, NOW),
    });
    this.reports.push(report);
    return report;
  }

  /** Enters a state again as long as it is not ready. */
  async until(step: Parameters<Run['pass']>[0], parts = wanted): Promise<void> {
    for (let passes = 0; passes < 40; passes += 1) {
      const { result } = await this.pass(step, parts);
      if (result['ready'] === true) return;
      this.seconds += Number(result['waitSeconds']);
    }
    throw new Error('The state never ends.');
  }

  async all(parts = wanted): Promise<void> {
    await this.until(revokeAccess, parts);
    await this.pass(grantAccess, parts);
    await this.until(checkGrants, parts);
  }
}

/** Asked for by an earlier run, and refused twice. */
export const outstanding = (groupId: string): AssignmentRecord => ({
  kind: 'deletion',
  groupId,
  permissionSetArn: 'set-admin',
  requestId: 'request',
  failures: 2,
  askedAt: NOW.toISOString(),
});

export function worldWith(...people: readonly string[]): FakeAccess {
  const access = new FakeAccess();
  people.forEach((name) => access.users.set(name, `id-${name}`));
  return access;
}

interface StateOfAccess {
  readonly groups: readonly (readonly [name: string, members: readonly string[]])[];
  readonly assigned: readonly string[];
  readonly known: readonly (readonly [name: string, isKnownById: boolean])[];
  readonly outstanding: AssignmentRecord | null;
}

export const stateOf = (access: FakeAccess): StateOfAccess => ({
  groups: [...access.groups.values()]
    .map(({ name, members }) => [name, [...members].toSorted()] as const)
    .toSorted(([one], [other]) => one.localeCompare(other)),
  assigned: [...access.assigned]
    .map((key) => {
      const [, groupId = '', set] = key.split(' ');
      return `${access.groups.get(groupId)?.name ?? 'nobody'}: ${set ?? ''}`;
    })
    .toSorted(),
  known: access.tenant.groups.map(({ name, groupId }) => [name, groupId === access.idOf(name)] as const),
  outstanding: access.tenant.assignment,
});

export const converged = {
  groups: [
    ['mst-admin', [`id-${JANE}`, `id-${OMAR}`]],
    ['mst-reader', [`id-${OMAR}`]],
  ],
  assigned: ['mst-admin: set-admin', 'mst-reader: set-billing', 'mst-reader: set-view'],
  known: [
    ['mst-admin', true],
    ['mst-reader', true],
  ],
  outstanding: null,
};
