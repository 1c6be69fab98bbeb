import {
  lambdaLandingZoneFunction,
  lambdaLandingZoneFunctionLookup,
} from '../../../../functions/aws/lambda/lambda-landing-zone-function';
import { lambdaOwnRuntime } from '../../../../functions/aws/lambda/own-runtime';
import { CannedRequestHandler } from '../../../fakes/canned-request-handler';
import { expectRejected } from '../../../fakes/expect-rejected';
import { faultsFor, OrganizationWorld, refusal } from '../organization-world';

const arnOf = (name: string, region = 'eu-central-1'): string =>
  `arn:aws:lambda:${region}:333333333333:function:${name}`;

describe("the landing zone's function", () => {
  it('gets the payload, by way of its role in the automation account', async () => {
    const world = new OrganizationWorld();
    const payload = { AccountId: '444444444444', tagEnvironment: 'dev' };
    expect(await lambdaLandingZoneFunction(world.caller()).invoke(arnOf('landing-zone'), payload)).toBeNull();
    expect(world.organization.state.invocations).toMatchObject([{ functionArn: arnOf('landing-zone'), payload }]);
    expect(world.callsOf('Invoke')[0]?.principal).toMatchObject({ roleName: 'MeshfedAutomationRole-StackSets' });
  });

  it('may say that it has failed', async () => {
    const world = new OrganizationWorld();
    const failure = await lambdaLandingZoneFunction(world.caller()).invoke(arnOf('landing-zone-broken'), {});
    expect(failure).toMatch(/^Unhandled: .*landing-zone-broken always fails/);
  });

  it.each([arnOf('unknown'), arnOf('landing-zone', 'eu-west-1')])('is missing as %s', async (arn) => {
    const call = lambdaLandingZoneFunction(new OrganizationWorld().caller()).invoke(arn, {});
    await expectRejected(call, `function ${arn} does not exist`, 'awsLambdaArn');
    await expect(call).rejects.toMatchObject({ cause: { name: 'ResourceNotFoundException' } });
  });

  it('may be refused to us', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('Invoke', refusal('AccessDeniedException', 403)) });
    const call = lambdaLandingZoneFunction(world.caller()).invoke(arnOf('landing-zone'), {});
    await expectRejected(call, `AWS refused to invoke ${arnOf('landing-zone')}`, 'policies allow this call');
  });

  it('may be invoked too often', async () => {
    const faults = Array.from({ length: 9 }, () => refusal('TooManyRequestsException', 429));
    const world = new OrganizationWorld({ faults: faultsFor('Invoke', ...faults) });
    const call = lambdaLandingZoneFunction(world.caller()).invoke(arnOf('landing-zone'), {});
    await expect(call).rejects.toMatchObject({ name: 'TransientError' });
  });
});

describe("a look for the landing zone's function", () => {
  const exists = (arn: string, world = new OrganizationWorld()) =>
    lambdaLandingZoneFunctionLookup(world.caller()).exists(arn);

  it('finds it in its own region alone', async () => {
    expect(await exists(arnOf('landing-zone'))).toBe(true);
    expect([await exists(arnOf('unknown')), await exists(arnOf('landing-zone', 'eu-west-1'))]).toEqual([false, false]);
  });

  it('is not answered where it may not be seen', async () => {
    const faults = faultsFor('GetFunctionConfiguration', refusal('AccessDeniedException', 403));
    const call = exists(arnOf('landing-zone'), new OrganizationWorld({ faults }));
    await expectRejected(call, `AWS refused to look for ${arnOf('landing-zone')}`, 'policies allow this call');
  });
});

describe('what a function says of its failure', () => {
  it('is cut where it is long', async () => {
    const { settings } = new CannedRequestHandler({
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: { errorMessage: 'x'.repeat(2000) },
    });
    const own = () => Promise.resolve(settings.credentials);
    const session = new OrganizationWorld().caller({ settings, caller: { management: own, automation: own } });
    const failure = await lambdaLandingZoneFunction(session).invoke(arnOf('any'), {});
    expect(failure).toBe(`Unhandled: {"errorMessage":"${'x'.repeat(2000)}`.slice(0, 1000));
  });
});

describe('the runtime of the application', () => {
  const answering = (body: object) => lambdaOwnRuntime(new CannedRequestHandler({ body }).settings, 'RunPreflight');
  const limits = (ConcurrentExecutions?: number, UnreservedConcurrentExecutions?: number) => ({
    AccountLimit: { ConcurrentExecutions, UnreservedConcurrentExecutions },
  });

  it.each([
    [limits(1000, 900), { unreserved: 900, reserved: 100 }],
    [limits(1000), { unreserved: 1000, reserved: 0 }],
  ])('runs as many functions at once as Lambda says: %j', async (answer, concurrency) => {
    expect(await answering(answer).concurrency()).toEqual(concurrency);
    expect(await answering(answer).region()).toBe('eu-central-1');
  });

  it.each([{}, limits()])('is not guessed: %j', async (answer) => {
    await expect(answering(answer).concurrency()).rejects.toThrow('does not say how many');
  });

  it('has the role of its function, whatever its session is called', async () => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    expect(await lambdaOwnRuntime(settings, 'Intake').roleArn()).toBe('arn:aws:iam::111111111111:role/vending-Intake');
  });

  it.each([
    ['GetAccountSettings', 'concurrency', 'ask Lambda how many functions it runs at once'],
    ['GetCallerIdentity', 'roleArn', 'ask STS for the role of this function'],
  ] as const)('says what it could not read: %s', async (operation, call, doing) => {
    const faults = faultsFor(operation, refusal('AccessDenied', 403));
    const { settings } = new OrganizationWorld({ faults }).caller();
    await expectRejected(lambdaOwnRuntime(settings, 'Intake')[call](), `AWS refused to ${doing}`, 'policies');
  });
});
