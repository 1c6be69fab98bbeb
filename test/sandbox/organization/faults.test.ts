import { CreateAccountCommand, DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { seededRandom } from '../../../sandbox/organization/draw';
import { randomFaults, throttleOf, type Fault } from '../../../sandbox/organization/fault-injector';
import { administrator, MANAGEMENT, organizationUnderTest, outcomeOf } from './organization-under-test';

const create = new CreateAccountCommand({ Email: 'aws+shop@corp.example', AccountName: 'retail.shop' });

/** The given fault for the first call, then none. */
const once = (fault: Fault) => {
  const faults: Fault[] = [fault];
  return { faults: { beforeCall: () => faults.shift() } };
};

describe('injected faults', () => {
  it('refuse with the given error, and nothing happens', async () => {
    const fault: Fault = { kind: 'error', code: 'ServiceException', status: 500, message: 'No.' };
    const { organizations, organization } = organizationUnderTest(once(fault));
    await expect(organizations.send(create)).rejects.toMatchObject({
      name: 'ServiceException',
      $metadata: { httpStatusCode: 500 },
    });
    expect(organization.state.creations.size).toBe(0);
    expect(organization.calls).toMatchObject([{ operation: 'CreateAccount', outcome: 'ServiceException' }]);
  });

  it('break the connection before the call has its effect', async () => {
    const { organizations, organization } = organizationUnderTest(once({ kind: 'connection-reset' }));
    await expect(organizations.send(create)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(organization.state.creations.size).toBe(0);
    expect(organization.calls).toMatchObject([{ outcome: 'connection-reset', output: undefined }]);
  });

  it('are told to anyone who listens, also where calls are not kept', async () => {
    const heard: string[] = [];
    const onCall = ({ outcome }: { readonly outcome: string }): void => void heard.push(outcome);
    const { organizations, organization } = organizationUnderTest({
      ...once({ kind: 'lost-answer' }),
      onCall,
      keepsCalls: false,
    });
    await expect(organizations.send(create)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await organizations.send(new DescribeOrganizationCommand({}));
    expect(heard).toEqual(['lost-answer', 'ok']);
    expect(organization.calls).toEqual([]);
  });

  it('lose the answer after the call has had its effect', async () => {
    const { organizations, organization } = organizationUnderTest(once({ kind: 'lost-answer' }));
    await expect(organizations.send(create)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(organization.state.creations.size).toBe(1);
    expect(organization.calls).toMatchObject([{ outcome: 'lost-answer' }]);
  });

  it('leave a refusal a refusal when its answer would have been lost', async () => {
    const { organizations, organization } = organizationUnderTest(once({ kind: 'lost-answer' }));
    const invalid = new CreateAccountCommand({ Email: 'none', AccountName: 'x' });
    expect(await outcomeOf(organizations.send(invalid))).toBe('InvalidInputException');
    expect(organization.calls).toMatchObject([{ outcome: 'InvalidInputException' }]);
  });

  it('are ridden out by the SDK where it may retry', async () => {
    const test = organizationUnderTest(once({ kind: 'connection-reset' }));
    const sts = new STSClient({ ...test.settings(administrator(MANAGEMENT)), maxAttempts: 2 });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: MANAGEMENT });
    expect(test.organization.calls.map(({ outcome }) => outcome)).toEqual(['connection-reset', 'ok']);
  });
});

describe('random faults', () => {
  const rates = { throttle: 0.2, serverError: 0.2, connectionReset: 0.2, lostAnswer: 0.2 };
  const outcomes = async (seed: number): Promise<readonly string[]> => {
    const test = organizationUnderTest({ faults: randomFaults(seededRandom(seed), rates) });
    for (let n = 0; n < 200; n += 1) {
      await outcomeOf(test.organizations.send(new DescribeOrganizationCommand({})));
    }
    return test.organization.calls.map(({ outcome }) => outcome);
  };

  it('come at about the given rates', async () => {
    const all = await outcomes(1);
    for (const outcome of ['TooManyRequestsException', 'InternalFailure', 'connection-reset', 'lost-answer', 'ok']) {
      expect(all.filter((one) => one === outcome).length).toBeGreaterThan(20);
    }
  });

  it('are the same for the same seed and others for another', async () => {
    const first = await outcomes(7);
    expect(await outcomes(7)).toEqual(first);
    expect(await outcomes(8)).not.toEqual(first);
  });

  it.each([
    ['organizations', 'TooManyRequestsException', 400],
    ['servicecatalog', 'ThrottlingException', 400],
    ['controltower', 'ThrottlingException', 429],
    ['lambda', 'TooManyRequestsException', 429],
    ['servicequotas', 'TooManyRequestsException', 400],
    ['iam', 'Throttling', 400],
  ])('throttle %s in its own word', (service, code, status) => {
    expect(throttleOf(service)).toMatchObject({ code, status });
  });
});
