import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { assumeServiceRole, AUTOMATION, organizationUnderTest, outcomeOf } from './organization-under-test';

const arn = (name: string) => `arn:aws:lambda:eu-central-1:${AUTOMATION}:function:${name}`;

async function ready() {
  const test = organizationUnderTest();
  const credentials = await assumeServiceRole(test, `arn:aws:iam::${AUTOMATION}:role/MeshfedAutomationRole`);
  const lambda = new LambdaClient({ ...test.settings(credentials), region: 'eu-central-1' });
  const invoke = async (FunctionName: string, payload: unknown, InvocationType?: 'Event' | 'DryRun') => {
    const Payload = Buffer.from(JSON.stringify(payload));
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName, Payload, ...(InvocationType === undefined ? {} : { InvocationType }) }),
    );
    const text = answer.Payload?.transformToString() ?? '';
    return {
      status: answer.StatusCode,
      error: answer.FunctionError,
      payload: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  };
  return { ...test, lambda, invoke };
}

describe('a landing-zone function', () => {
  it('keeps what it was given, and another one answers it by account', async () => {
    const { invoke, organization } = await ready();
    const payload = { AccountId: '444444444444', ProductName: 'retail', tagOwner: 'Zoë & Co' };
    expect(await invoke(arn('landing-zone'), payload)).toEqual({ status: 200, error: undefined, payload: null });
    await invoke('landing-zone', { AccountId: '555555555555' });

    expect(organization.state.invocations.map((one) => one.payload)).toEqual([payload, { AccountId: '555555555555' }]);
    expect((await invoke('landing-zone-recall', { AccountId: '444444444444' })).payload).toEqual([payload]);
  });

  it('that fails answers with a function error and status 200', async () => {
    const { invoke } = await ready();
    expect(await invoke(arn('landing-zone-broken'), {})).toMatchObject({
      status: 200,
      error: 'Unhandled',
      payload: { errorType: 'Error' },
    });
  });

  it.each([
    ['does not exist', arn('unknown')],
    ['is in another region', arn('landing-zone').replace('eu-central-1', 'eu-west-1')],
  ])('that %s is not found', async (_case, name) => {
    const { invoke } = await ready();
    await expect(invoke(name, {})).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${name}`,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('runs without an answer as an event, and not at all dry', async () => {
    const { invoke, organization } = await ready();
    expect(await invoke('landing-zone', {}, 'Event')).toMatchObject({ status: 202 });
    expect(await invoke('landing-zone', {}, 'DryRun')).toMatchObject({ status: 204 });
    expect(organization.state.invocations).toHaveLength(1);
  });

  it('refuses a payload that is no JSON', async () => {
    const { lambda } = await ready();
    const command = new InvokeCommand({ FunctionName: 'landing-zone', Payload: Buffer.from('{') });
    expect(await outcomeOf(lambda.send(command))).toBe('InvalidRequestContentException');
  });
});
