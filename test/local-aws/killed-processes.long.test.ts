import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';

import { type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import { TENANT_TAG_KEY } from '../../functions/domain/plan/plan';
import { STATE_MACHINE_NAME } from '../../infra/names';
import { RECALL_FUNCTION } from '../../sandbox/organization/example-organization';
import fraudLab from '../../sandbox/examples/fraud-lab.json';
import { type AccountReading, readOrganization } from '../../sandbox/organization/independent-reader';
import type { DeployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import type { ApiAnswer } from '../../sandbox/runtime/stage/stage';
import { expectProvisioned } from '../sandbox/commands/demo/expect-provisioned';
import { Detour } from './detour';
import { killFunction } from './function-processes';
import { exampleStage } from './example-stage';

const SEED = 4711;
const REGION = 'eu-central-1';
const { uuid: tenantUuid } = fraudLab.tenant.metadata;

/** The first try of a state, and its three retries after an unknown error. */
const ALL_TRIES = [1, 2, 3, 4];

/**
 * How long SQS waits before a message comes again whose receiver was killed; on AWS, six times the time-out of Intake.
 */
const REDELIVERY_SECONDS = 8;

describe('a vending whose processes are killed, on the local AWS', () => {
  let stage: DeployedStage;
  let organizations: Detour;
  let workflow: Detour;

  beforeAll(async () => {
    [organizations, workflow] = await Promise.all([Detour.open(), Detour.open()]);
    stage = await exampleStage({
      seed: SEED,
      detours: { ORGANIZATIONS: organizations.endpoint, SFN: workflow.endpoint },
    });
    organizations.leadTo(stage.endpoints.organization);
    workflow.leadTo(stage.endpoints.runtime);
    await redeliverSoon();
  });
  afterAll(async () => {
    await stage.stop();
    await Promise.all([organizations.close(), workflow.close()]);
  });

  const aws = () => ({
    endpoint: stage.endpoints.runtime,
    region: REGION,
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });

  async function redeliverSoon(): Promise<void> {
    const command = new ListEventSourceMappingsCommand({ FunctionName: 'vending-Intake' });
    const { EventSourceMappings: [mapping] = [] } = await new LambdaClient(aws()).send(command);
    const [, , , , account = '', name = ''] = (mapping?.EventSourceArn ?? '').split(':');
    await new SQSClient(aws()).send(
      new SetQueueAttributesCommand({
        QueueUrl: `${stage.endpoints.runtime}/${account}/${name}`,
        Attributes: { VisibilityTimeout: String(REDELIVERY_SECONDS) },
      }),
    );
  }

  const ask = (): Promise<ApiAnswer> => stage.callApi({ method: 'GET', path: `/vendings/${tenantUuid}` });

  async function until(isSo: (detail: VendingDetail) => boolean): Promise<VendingDetail> {
    const deadline = Date.now() + stage.patienceSeconds * 1000;
    for (;;) {
      const { status, body } = await ask();
      const detail = status === 200 ? VendingDetailSchema.parse(body) : undefined;
      if (detail !== undefined && isSo(detail)) return detail;
      if (Date.now() > deadline) throw new Error(`It has not come to that: ${JSON.stringify(body)}`);
      await stage.pause();
    }
  }

  /** Kills the function that makes a call, at that call, as many times as `tries` says. */
  function killAt(moment: 'before' | 'after', operation: string, state: string, tries = [1]): Promise<void> {
    // All at once, so that no retry comes before it is expected.
    const held = tries.map(() => organizations.hold(moment, operation));
    const kills = async (): Promise<void> => {
      for (const one of held) {
        await one;
        expect(await killFunction(stage.endpoints.runtime, `vending-${state}`)).toBeGreaterThanOrEqual(1);
      }
    };
    const killed = kills();
    // The test may have failed before it waits for these.
    killed.catch(() => undefined);
    return killed;
  }

  async function executions() {
    const sfn = new SFNClient(aws());
    const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
    const machine = stateMachines.find(({ name }) => name === STATE_MACHINE_NAME);
    const list = new ListExecutionsCommand({ stateMachineArn: machine?.stateMachineArn });
    const { executions: found = [] } = await sfn.send(list);
    return Promise.all(found.map(({ executionArn }) => sfn.send(new DescribeExecutionCommand({ executionArn }))));
  }

  /** The state that an execution has come to, and how often it was tried there. */
  async function triesOfLastState(executionArn: string | null): Promise<readonly [string, number]> {
    const command = new GetExecutionHistoryCommand({ executionArn: executionArn ?? '', maxResults: 1000 });
    const { events = [] } = await new SFNClient(aws()).send(command);
    const entered = events.findLastIndex(({ type }) => type === 'TaskStateEntered');
    const failures = events.slice(entered).filter(({ type }) => type === 'TaskFailed');
    return [events[entered]?.stateEnteredEventDetails?.name ?? '', failures.length];
  }

  const ours = async (): Promise<readonly AccountReading[]> => {
    const accounts = await readOrganization({
      endpoint: stage.endpoints.organization,
      region: REGION,
      recallFunction: RECALL_FUNCTION,
      managementAccountId: '222222222222',
      automationAccountId: '333333333333',
    });
    return accounts.filter(({ tags }) => tags[TENANT_TAG_KEY] === tenantUuid);
  };

  const callsOf = (operation: string, callerFunction: string) =>
    stage.organization.calls.filter((call) => call.operation === operation && call.callerFunction === callerFunction);

  it('ends with one complete account: Intake, CreateAccount, CheckAccount for good, then by replay, and TagAccount', async () => {
    const starts = workflow.hold('before', 'StartExecution');
    const created = killAt('after', 'CreateAccount', 'CreateAccount');
    const looked = killAt('before', 'ListCreateAccountStatus', 'CheckAccount', ALL_TRIES);
    await stage.sendEvent(fraudLab);

    // Intake: the ledger knows of the run, and nobody has started it.
    await starts;
    expect(await until(() => true)).toMatchObject({ status: 'ACCEPTED', executionArn: null, run: 1, timeline: [] });
    expect(await executions()).toEqual([]);
    expect(await killFunction(stage.endpoints.runtime, 'vending-Intake')).toBe(1);

    // The message comes again, and its run is started. AWS takes the request for an account, and the answer arrives
    // nowhere.
    await created;
    expect(callsOf('CreateAccount', 'CreateAccount')).toMatchObject([{ outcome: 'ok' }]);

    // Anyone who looks for that account is killed until no retry is left.
    await looked;
    const failed = await until(({ status }) => status === 'FAILED');
    expect(failed).toMatchObject({
      account: null,
      lastError: { remedy: expect.stringContaining('replay') as string },
    });
    expect(await triesOfLastState(failed.executionArn)).toEqual(['CheckAccount', ALL_TRIES.length]);

    const tagged = killAt('after', 'TagResource', 'TagAccount');
    const replay = await stage.callApi({ method: 'POST', path: `/vendings/${tenantUuid}/replay` });
    expect(replay).toMatchObject({ status: 202, body: { tenantUuid, replay: 'redriven', status: 'RUNNING' } });
    await tagged;
    const vended = await until(({ status }) => status === 'VENDED');

    // One execution, redriven once; one request, one account, and everything that was planned for it.
    expect(await executions()).toMatchObject([{ executionArn: failed.executionArn, redriveCount: 1 }]);
    expect(callsOf('CreateAccount', 'CreateAccount')).toHaveLength(1);
    expect(callsOf('TagResource', 'TagAccount')).toHaveLength(1);
    const accounts = await ours();
    expect(accounts).toMatchObject([{ id: vended.account?.id, email: vended.account?.email }]);
    for (const account of accounts) await expectProvisioned(stage, fraudLab, account);
    const outcomes = (await stage.outcomes()).filter(({ detail }) => detail.tenantUuid === tenantUuid);
    expect(new Set(outcomes.map(({ type }) => type))).toEqual(new Set(['Account Vending Failed', 'Account Vended']));
  });
});
