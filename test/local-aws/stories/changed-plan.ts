import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';

import { VendingDetailSchema } from '../../../functions/api/responses';
import { planKey } from '../../../functions/ledger/base/keys';
import fraudLab from '../../../sandbox/examples/fraud-lab.json';
import type { DeployedStage } from '../../../sandbox/runtime/stage/deployed-stage';
import { changed } from '../../functions/domain/examples';
import { ownTenant } from '../example-stage';

const { uuid: UUID, desiredState } = ownTenant('changed', 11);
const WRITES_NOTHING = /^(?:Describe|List|Get|Search|AssumeRole|BatchGet)/u;

export function changedPlan(given: () => DeployedStage): void {
  let stage: DeployedStage;

  beforeAll(() => {
    stage = given();
  });

  const detail = async () => {
    const { body } = await stage.callApi({ method: 'GET', path: `/vendings/${UUID}` });
    return VendingDetailSchema.safeParse(body).data;
  };

  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (let waited = 0; waited < 1200 && !(await isSo()); waited += 1) await stage.pause();
  };

  it('ends the run before anything else is written to AWS', async () => {
    const first = stage.organization.calls.length;
    const isAsked = (): boolean =>
      stage.organization.calls.slice(first).some(({ operation }) => operation === 'CreateAccount');
    await stage.sendEvent(desiredState);
    await until(() => Promise.resolve(isAsked()));

    const { partition, sort } = planKey(UUID, fraudLab.replicationSequence, 1);
    const client = new DynamoDBClient({
      endpoint: stage.endpoints.runtime,
      region: stage.region,
      credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
    });
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const TableName = TableNames.find((name) => name.includes('Ledger'));
    const Key = { partition: { S: partition }, sort: { S: sort } };
    const { Item = {} } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    const data = changed(
      JSON.parse(Item['data']?.S ?? '') as object,
      ['plan.stackSetExecutionRole', { name: 'x', managedPolicyArns: ['y'], trustedAccountId: '444444444444' }],
      ['plan.groups', []],
      ['plan.targetOrgUnitId', 'ou-ab12-legacy01'],
    );
    await client.send(new PutItemCommand({ TableName, Item: { ...Item, data: { S: JSON.stringify(data) } } }));
    const before = stage.organization.calls.length;

    await until(async () => (await detail())?.status === 'FAILED');
    expect(await detail()).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
    expect((await detail())?.lastError?.message).toContain('the plan was changed');
    const since = stage.organization.calls.slice(before).map(({ operation }) => operation);
    expect(since.filter((operation) => !WRITES_NOTHING.test(operation))).toEqual([]);
  });
}
