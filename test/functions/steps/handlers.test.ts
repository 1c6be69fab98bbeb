import type { TaskName } from '../../../functions/domain/base/state-name';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import type { Runtime } from '../../../functions/runtime/environment';
import { stepNames } from '../../../functions/steps/each-step';
import { steps } from '../../../functions/steps/table';
import { stepHandlers } from '../../../sandbox/runtime/embedded/step-handlers';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingLog, RecordingMetrics, RecordingOutcomes, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, enrollment, NOW, plan, TENANT } from '../../fakes/vending';
import { configuration, desiredStateJson } from '../domain/examples';
import { accept, open, referenceTo, runIn, tenantIn } from '../ledger/ledger-calls';
import { rolledOut } from './removal-under-test';

const REGION = 'eu-central-1';
const stackSet = { name: 'baseline', homeRegion: REGION, regions: [REGION] };

/** It leaves something to be done for as many states as one plan can. */
const planned = plan({
  enrollment,
  controlTowerRegion: REGION,
  existingAccountId: account.id,
  approval: { expiresAfterDays: 1 },
  stackSets: [{ ...stackSet, parameters: {} }],
  stackSetRemovals: [stackSet],
});

const REMOVING: readonly TaskName[] = ['AwaitWithdrawalTurn', 'RemoveStackInstances', 'CheckRemoval'];

/** What an earlier run has left in the account. */
const SAML_ACCESS = { provider: null, roles: ['admin'] };

interface Called {
  /** The names of the environment variables that it has read. */
  readonly environment: readonly string[];
  /** What it has sent to AWS, which does not answer: header and body. */
  readonly sent: readonly string[];
  readonly ledger: RecordingLedgerStore;
}

/** Calls the function of a state as Lambda does, up to its first call of AWS. */
async function called(state: TaskName, ofPlan = planned, results: object = {}): Promise<Called> {
  const ledger = new RecordingLedgerStore();
  await accept(ledger, 17, { desiredState: desiredStateJson });
  await pinPlan(ledger, referenceTo(17), ofPlan);
  await open(ledger, 17);
  const repository = ledgerTenantRepository(ledger, TENANT);
  // Only who has none waits for a turn to ask for one.
  if (state !== 'AwaitCreationTurn') await repository.recordAccount(account);
  if (REMOVING.includes(state)) {
    await repository.update('stackInstances', { before: [], after: [rolledOut(REGION, { stackSet: stackSet.name })] });
  }
  if (state === 'RevokeAccess') {
    await repository.update('samlAccess', { before: { provider: null, roles: [] }, after: SAML_ACCESS });
  }
  const environment = new Set<string>();
  const sent: string[] = [];
  const requestHandler = {
    handle: ({ headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: unknown }) => {
      sent.push(`${JSON.stringify(headers)} ${String(body)}`);
      return Promise.reject(new Error('AWS does not answer.'));
    },
  };
  const runtime = {
    environment: (name: string) => {
      environment.add(name);
      if (name === 'CUSTOMIZATION_ROLES') return '[]';
      return name === 'STACK_SET_EXECUTION_ROLE' ? 'null' : `arn:aws:iam::222222222222:role/${name}`;
    },
    now: () => NOW,
    log: new RecordingLog(),
    ledger,
    metrics: new RecordingMetrics(),
    wait: () => Promise.resolve(),
    secrets: { externalId: () => Promise.resolve('id'), scimAccessToken: () => Promise.resolve('') },
    watch: new RecordingWatch(),
    aws: { region: REGION, credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' }, requestHandler },
  } as unknown as Runtime;
  const given = {
    configurationAt: () => Promise.reject(new Error('No other configuration.')),
    configuration: configuration(),
    turns: new FakeTaskTokens(),
    outcomes: new RecordingOutcomes(),
    workflow: new RecordingWorkflow(),
    previews: { preview: () => Promise.reject(new Error('No preview.')) },
  };
  const { name, homeRegion } = stackSet;
  const ofIteration = REMOVING.includes(state) ? `${homeRegion}/${name}` : name;
  const input = { ...referenceTo(17), taskToken: 'token', stackSet: ofIteration, results };
  await stepHandlers[state](runtime, given)(input).catch(() => undefined);
  return { environment: [...environment], sent, ledger };
}

/** By which variable a function finds its way, where its row gives it the right to go there. */
const waysOf = (state: TaskName): readonly string[] => {
  const { management, automation, member, grants = [] } = steps[state];
  return [
    ...(management === undefined ? [] : ['MANAGEMENT_ROLE_ARN']),
    ...(automation === undefined ? [] : ['AUTOMATION_ROLE_ARN']),
    ...(member === undefined ? [] : ['MEMBER_ENTRY_ROLE_ARN']),
    ...(grants.includes('executionRoleTrust') ? ['STACK_SET_EXECUTION_ROLE', 'CUSTOMIZATION_ROLES'] : []),
  ];
};

/** These have nothing to do by this plan that would bring them to AWS. */
const WITHOUT_AWS: readonly TaskName[] = [
  'CreateAccount',
  'CheckAccount',
  'CheckEnrollment',
  'CheckClosure',
  'EnsureWorkspaceUnit',
  'GrantAccess',
  'CheckGrants',
  'CheckGroups',
  'InvokeLandingZoneFunction',
  'CustomizeAccount',
  'CheckCustomizations',
  'PrepareAccess',
];

describe.each(stepNames)('the function of %s', (state) => {
  it('is that of its state, in the timeline and to AWS', async () => {
    const { ledger, sent } = await called(state);
    expect((await runIn(ledger, 17)).steps.map((step) => step.state)).toEqual([state]);
    expect(sent.filter((request) => !request.includes(state))).toEqual([]);
  });

  it('goes as far where the landing zone knows no Control Tower', async () => {
    const { ledger } = await called(state, { ...planned, enrollment: null, controlTowerRegion: null });
    const [step] = (await runIn(ledger, 17)).steps;
    expect(step?.error?.name).not.toBe('TypeError');
  });

  it('reads the way into those accounts alone for which its row has rights', async () => {
    const { environment, sent } = await called(state);
    const ways = waysOf(state);
    expect(environment.filter((name) => !ways.includes(name))).toEqual([]);
    const goesToAws = ways.length > 0 && steps[state].waits === undefined && !WITHOUT_AWS.includes(state);
    expect(sent).toHaveLength(goesToAws ? 1 : 0);
  });
});

const STACK_SET_LANE = `stack-set:${REGION}:baseline`;

describe.each([
  ['AwaitReconciliationTurn', 'reconciliation'],
  ['AwaitCreationTurn', 'account-creation'],
  ['AwaitEnrollmentTurn', 'account-factory'],
  ['AwaitClosingTurn', 'account-closing'],
  ['AwaitStackSetTurn', STACK_SET_LANE],
  ['AwaitWithdrawalTurn', STACK_SET_LANE],
] as const)('the function of %s', (state, lane) => {
  it(`gets its turn in the lane ${lane}, and in no other`, async () => {
    const { ledger } = await called(state);
    expect(Object.keys((await tenantIn(ledger)).turns)).toEqual([lane]);
  });
});

describe('the function of RevokeAccess', () => {
  it.each([
    { found: 'is open', results: { GuardAccount: { accountThere: true, accountOpen: true } }, isEntered: true },
    { found: 'is closed', results: { GuardAccount: { accountThere: true, accountOpen: false } }, isEntered: false },
    { found: 'is vended, and nobody has looked', results: {}, isEntered: true },
  ])('goes into an account alone that $found: $isEntered', async ({ results, isEntered }) => {
    const { sent, ledger } = await called('RevokeAccess', planned, results);
    expect(sent).toHaveLength(isEntered ? 1 : 0);
    const [step] = (await runIn(ledger, 17)).steps;
    expect(step?.remark?.includes('stay in the account') ?? false).toBe(!isEntered);
  });
});

describe('the function of MoveAccount', () => {
  const unit = { parentOrgUnitId: 'ou-ab12-parent01', name: 'retail' };
  it.each([
    { told: 'has told', results: { EnsureWorkspaceUnit: { organizationalUnitId: 'ou-ab12-retail01' } }, asked: 1 },
    { told: 'has not told', results: {}, asked: 0 },
  ])('asks AWS where EnsureWorkspaceUnit $told the unit of the workspace', async ({ results, asked }) => {
    const { sent } = await called(
      'MoveAccount',
      { ...planned, targetOrgUnitId: null, workspaceOrgUnit: unit },
      results,
    );
    expect(sent).toHaveLength(asked);
  });
});
