import { RejectedError } from '../../../functions/domain/base/errors';
import type { LandingZoneFunction } from '../../../functions/ports/invoked-functions';
import { invokeLandingZoneFunction } from '../../../functions/steps/InvokeLandingZoneFunction/step';
import { account, vending } from '../../fakes/vending';

const ARN = 'arn:aws:lambda:eu-central-1:333333333333:function:landing-zone';
const payload = { AccountName: 'retail.webshop-dev', tagEnvironment: 'dev' };

const functionThat = (answer: () => Promise<string | null>) => {
  const invocations: unknown[] = [];
  const landingZoneFunction: LandingZoneFunction = {
    invoke: (...call) => {
      invocations.push(call);
      return answer();
    },
  };
  return { landingZoneFunction, invocations };
};

const planned = vending({ tenant: { account }, plan: { landingZoneFunction: { arn: ARN, payload } } });

describe('InvokeLandingZoneFunction', () => {
  it('hands over the planned payload and what AWS alone knew, at every run', async () => {
    const { landingZoneFunction, invocations } = functionThat(() => Promise.resolve(null));
    const step = invokeLandingZoneFunction({ landingZoneFunction });
    expect(await step(planned)).toEqual({ result: { invoked: true } });
    expect(await step(planned)).toEqual({ result: { invoked: true } });
    const told = {
      AccountId: account.id,
      AccountArn: account.arn,
      AccountName: account.name,
      AccountEmail: account.email,
    };
    const call = [ARN, { ...payload, ...told }];
    expect(invocations).toEqual([call, call]);
  });

  it('calls an account by the name and e-mail that AWS knows, also where the plan would give it others', async () => {
    const { landingZoneFunction, invocations } = functionThat(() => Promise.resolve(null));
    const renamed = { AccountName: 'retail.renamed', AccountEmail: 'renamed@corp.example' };
    const plan = { landingZoneFunction: { arn: ARN, payload: renamed } };
    await invokeLandingZoneFunction({ landingZoneFunction })(vending({ tenant: { account }, plan }));
    expect(invocations).toMatchObject([[ARN, { AccountName: account.name, AccountEmail: account.email }]]);
  });

  it('only remarks that the function has failed', async () => {
    const { landingZoneFunction } = functionThat(() => Promise.resolve('Unhandled: no budget'));
    expect(await invokeLandingZoneFunction({ landingZoneFunction })(planned)).toEqual({
      result: { invoked: true },
      remark: "The landing zone's function has failed: Unhandled: no budget",
    });
  });

  it('fails when the function cannot be invoked', async () => {
    const { landingZoneFunction } = functionThat(() =>
      Promise.reject(new RejectedError('It does not exist.', 'Deploy it.')),
    );
    await expect(invokeLandingZoneFunction({ landingZoneFunction })(planned)).rejects.toThrow('It does not exist.');
  });

  it('invokes nothing where the landing zone has no function', async () => {
    const { landingZoneFunction, invocations } = functionThat(() => Promise.resolve(null));
    const step = invokeLandingZoneFunction({ landingZoneFunction });
    expect(await step(vending({ tenant: { account } }))).toMatchObject({ result: { invoked: false } });
    expect(invocations).toEqual([]);
  });
});
