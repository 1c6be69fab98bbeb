import {
  isGoverned,
  type Registration,
  unitArnBeside,
  unregisteredUnit,
} from '../../../../functions/domain/enrollment/governance';
import { account, enrollment } from '../../../fakes/vending';

const UNIT = 'ou-ab12-cdefgh34';
const byMove = { ...enrollment, strategy: 'auto-enroll' as const };

describe('an account', () => {
  it.each([
    ['enrolled', true],
    ['elsewhere', true],
    ['changing', true],
    ['failed', true],
    ['controlled', true],
    ['shared', true],
    ['none', false],
  ] as const)('that is %s is governed: %s', (governance, expected) => {
    expect(isGoverned(governance)).toBe(expected);
  });

  it('has units beside it by their ids, in its organization', () => {
    expect(unitArnBeside(account.arn, UNIT)).toBe(`arn:aws:organizations::222222222222:ou/o-exampleorg1/${UNIT}`);
  });
});

describe('a unit', () => {
  const refusal = (registration: Registration, how: typeof enrollment | typeof byMove | null = enrollment) =>
    unregisteredUnit({ landingZone: 'aws-dev', enrollment: how }, UNIT, registration);

  it.each(['registered', 'changing', 'controlled', 'untold'] as const)(
    'that is %s may take accounts',
    (registration) => {
      expect(refusal(registration)).toBeUndefined();
    },
  );

  it('of which nothing is told is taken for unregistered where accounts are enrolled by moves: nobody would answer', () => {
    expect(refusal('untold', byMove)?.reason).toBe(refusal('absent')?.reason);
    expect(refusal('untold', null)).toBeUndefined();
  });

  it.each([
    ['failed', `The registration of the organizational unit ${UNIT} with Control Tower has failed.`],
    ['absent', `The organizational unit ${UNIT} is not registered with Control Tower.`],
  ] as const)('that is %s takes none, and a person is told what to do', (registration, reason) => {
    expect(refusal(registration)?.reason).toBe(reason);
    expect(refusal(registration)?.remedy).toBe(
      `Register ${UNIT} in the console of Control Tower (Organization, "Register organizational unit"), or set awsTargetOrgUnitId in ` +
        'landing-zones/aws-dev.json to one that is registered, or awsEnrollAccount to false, and deploy; then replay this run.',
    );
  });
});
