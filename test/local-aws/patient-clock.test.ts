import type { Call } from '../../sandbox/organization/call-log';
import { PatientClock } from './patient-clock';

const BEGIN = Date.UTC(2026, 0, 1);

const call = (operation: string, more: Partial<Call>): Call => ({
  at: BEGIN,
  service: 'organizations',
  operation,
  region: 'eu-central-1',
  input: {},
  callerFunction: null,
  principal: null,
  write: false,
  outcome: 'ok',
  injected: false,
  notYet: false,
  actions: [],
  deniedAction: null,
  output: undefined,
  ...more,
});

const asked = call('CreateAccount', { output: { CreateAccountStatus: { Id: 'car-1', State: 'IN_PROGRESS' } } });
const polled = (status: object): Call =>
  call('DescribeCreateAccountStatus', { output: { CreateAccountStatus: { Id: 'car-1', ...status } } });
const TOLD = [asked, polled({ State: 'IN_PROGRESS' })];
const MADE = [...TOLD, polled({ State: 'SUCCEEDED', AccountId: '123456789012' })];
const tried = (accountId: string, notYet: boolean): Call =>
  call('AssumeRole', { notYet, input: { RoleArn: `arn:aws:iam::${accountId}:role/Access` } });

describe("the organization's time", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['stands still before an account that nobody has asked for in vain', [asked], 3999],
    ['stands still where another account is polled', [asked, polled({ Id: 'car-2', State: 'IN_PROGRESS' })], 3999],
    ['goes on to the access role when somebody was told to wait', TOLD, 8999],
    ['stands still before an access role that nobody has tried', MADE, 8999],
    ['stands still where the role of another account was tried', [...MADE, tried('210987654321', true)], 8999],
    ['stands still where the role was let in', [...MADE, tried('123456789012', false)], 8999],
    ['goes on when the role was tried in vain', [...MADE, tried('123456789012', true)], 60_000],
    ['goes on where no account is made', [], 60_000],
  ] as const)('%s', (_, calls, expected) => {
    const clock = new PatientClock({ creation: 4000, accessRole: 5000 });
    clock.calls = calls;
    jest.spyOn(Date, 'now').mockReturnValue(BEGIN + 60_000);

    expect(clock.now() - BEGIN).toBe(expected);
    expect(clock.now() - BEGIN).toBe(expected);
  });

  it('goes on from where it stood, without a leap', () => {
    const clock = new PatientClock({ creation: 4000, accessRole: 5000 });
    clock.calls = [asked];
    const real = jest.spyOn(Date, 'now').mockReturnValue(BEGIN + 60_000);
    clock.now();
    clock.calls = TOLD;
    real.mockReturnValue(BEGIN + 60_100);

    expect(clock.now() - BEGIN).toBe(4099);
  });
});
