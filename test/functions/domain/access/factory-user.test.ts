import { identityCenterIn, plannedFactoryUser } from '../../../../functions/domain/access/factory-user';
import { PlanSchema } from '../../../../functions/domain/plan/plan';
import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { type Change, configuration, desiredState } from '../examples';

const region = 'eu-central-1';
const planned = (...changes: readonly Change[]) => plannedFactoryUser(configuration(...changes).platform);
const WITHOUT_CENTER: Change = ['platform.awsIdentityStore', undefined];

describe('the user of the Account Factory', () => {
  it('is planned with the configured IAM Identity Center', () => {
    expect(planned()).toEqual({
      email: 'cloud@corp.example',
      region: configuration().platform.awsIdentityStore?.region ?? region,
      instanceArn: configuration().platform.awsIdentityStore?.arn,
      identityStoreId: configuration().platform.awsIdentityStore?.identityStoreId,
    });
  });

  it('is looked for where Control Tower is, if no IAM Identity Center is configured', () => {
    expect(planned(WITHOUT_CENTER)).toEqual({
      email: 'cloud@corp.example',
      region,
      instanceArn: null,
      identityStoreId: null,
    });
  });

  it.each([
    ['keepFactoryUser is set', [['platform.enrollmentConfiguration.keepFactoryUser', true]]],
    [
      'nothing is enrolled',
      [
        ['platform.enrollmentConfiguration', undefined],
        ['landingZone.awsEnrollAccount', false],
      ],
    ],
    [
      'accounts are enrolled by moves, and never were otherwise',
      [
        ['platform.enrollmentConfiguration.strategy', 'auto-enroll'],
        ['platform.enrollmentConfiguration.ssoUser', undefined],
      ],
    ],
  ] as const)('is nobody where %s', (_case, changes) => {
    expect(planned(...changes)).toBeUndefined();
  });

  it('is still somebody where accounts were enrolled by the Account Factory before', () => {
    expect(planned(['platform.enrollmentConfiguration.strategy', 'auto-enroll'])).toBeDefined();
  });

  it('is in the plan of every landing zone, and a plan without it is readable', () => {
    const result = planVending(desiredState(), configuration(['landingZone.awsEnrollAccount', false]));
    if (!result.ok) throw new Error('There is no plan.');
    const { factoryUser, ...older } = result.value;

    expect(result.value.enrollment).toBeNull();
    expect(factoryUser?.email).toBe('cloud@corp.example');
    expect(PlanSchema.parse(older)).not.toHaveProperty('factoryUser');
    expect(identityCenterIn({ ...older, identityStore: null })).toBeNull();
  });

  it('leaves the configuration of its stay out of what is planned of an enrollment', () => {
    const result = planVending(desiredState(), configuration());
    expect(result.ok && result.value.enrollment).not.toHaveProperty('keepFactoryUser');
  });
});
