import { lambdaLandingZoneFunction } from '../../../../functions/aws/lambda/lambda-landing-zone-function';
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
