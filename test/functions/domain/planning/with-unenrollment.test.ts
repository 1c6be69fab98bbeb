import type { Enrollment } from '../../../../functions/domain/records/account-records';
import { lanesOf } from '../../../../functions/domain/queue/lanes';
import { withUnenrollment } from '../../../../functions/domain/planning/planned-platform';
import { account, NOW, plan } from '../../../fakes/vending';
import { configuration } from '../examples';

const enrolled = (changes: Partial<Enrollment> = {}): Enrollment => ({
  phase: 'ended',
  kind: 'provision',
  attempt: 1,
  recordId: 'rec-1',
  requestHash: null,
  productName: null,
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: false,
  failures: 0,
  ...changes,
});
const ENROLLMENT = configuration().platform.enrollmentConfiguration;

describe('withUnenrollment', () => {
  it('has an account leave Control Tower that our runs have enrolled', () => {
    const leaving = withUnenrollment(plan(), { account, enrollment: enrolled() }, configuration());
    expect(leaving.unenrollment).toMatchObject({ strategy: 'account-factory', region: ENROLLMENT?.region });
    expect(leaving.enrollment).toBeNull();
    expect(lanesOf(leaving).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['unenrollment', 'account-factory']),
    );
  });

  it.each([
    { what: 'that is to be enrolled', changes: { enrollment: ENROLLMENT as never }, enrollment: enrolled() },
    { what: 'that nobody has enrolled', changes: {}, enrollment: null },
    { what: 'that has left by its product', changes: {}, enrollment: enrolled({ kind: 'terminate' }) },
    { what: 'that has left by a move', changes: {}, enrollment: enrolled({ kind: 'leave' }) },
  ])('leaves the plan of an account as it is $what', ({ changes, enrollment }) => {
    const wanted = plan(changes);
    expect(withUnenrollment(wanted, { account, enrollment }, configuration())).toBe(wanted);
  });

  it('sees to its end what is at work, and a failed enrollment that is being taken back', () => {
    for (const changes of [{ phase: 'asked' }, { phase: 'waiting', kind: 'terminate' }] as const) {
      const leaving = withUnenrollment(plan(), { account, enrollment: enrolled(changes) }, configuration());
      expect(leaving.unenrollment).toBeDefined();
    }
  });

  it('leaves it as it is where the platform has no Control Tower', () => {
    const without = configuration(
      ['platform.enrollmentConfiguration', undefined],
      ['landingZone.awsEnrollAccount', false],
    );
    const wanted = plan();
    expect(withUnenrollment(wanted, { account, enrollment: enrolled() }, without)).toBe(wanted);
  });
});
