import { accountRefusal } from '../../../../functions/domain/account/account-refusal';
import { closingRefusal } from '../../../../functions/domain/account/closing-refusal';
import { fits, says } from '../says';

const constraint = (reason: string) => ({ name: 'ConstraintViolationException', reason });
const error = (name: string) => ({ name, reason: null });

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;

describe('a request for an account that AWS turns away', () => {
  it.each([
    [error('FinalizingOrganizationException'), 5 * MINUTE, 3 * HOUR, 'an hour', 'AWS Support'],
    [constraint('ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED'), 30 * MINUTE, 26 * HOUR, 'at a time', 'AWS Organizations'],
  ])('%o is asked again later', (code, waitSeconds, giveUpAfterSeconds, meaning, remedy) => {
    expect(accountRefusal(code)).toEqual({
      verdict: 'wait',
      waitSeconds,
      giveUpAfterSeconds,
      meaning: says(meaning),
      remedy: says(remedy),
    });
    expect(accountRefusal(code)).toMatchObject({ remedy: fits(/then replay this run\.$/) });
  });

  it.each([
    [constraint('ACCOUNT_NUMBER_LIMIT_EXCEEDED'), 'quota', 'Default maximum number of accounts'],
    [constraint('ACCOUNT_CREATION_NOT_COMPLETE'), 'sign-up', 'Complete the sign-up'],
    [constraint('WAIT_PERIOD_ACTIVE'), 'too young', 'four days'],
    [constraint('MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED'), 'GovCloud', 'Enable'],
    [constraint('MASTER_ACCOUNT_MISSING_CONTACT_INFO'), 'contact address', 'contact information'],
    [constraint('MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED'), 'no payment method', 'Add a valid payment method'],
    [constraint('TAG_POLICY_VIOLATION'), 'account-vending:tenant-uuid', 'tag policies'],
    [constraint('MAX_TAG_LIMIT_EXCEEDED'), 'no further tag', 'Find out which policy'],
    [error('AWSOrganizationsNotInUseException'), 'no organization', 'accessConfig.organizationRootAccountRole'],
    [error('UnsupportedAPIEndpointException'), 'in this partition', 'its ARN names the partition'],
  ])('%o ends the run, and a person is told what to change', (code, meaning, remedy) => {
    expect(accountRefusal(code)).toEqual({
      verdict: 'final',
      meaning: says(meaning),
      remedy: says(remedy),
    });
    expect(accountRefusal(code)).toMatchObject({ remedy: fits(/then replay this run\.$/) });
  });
});

describe('a closing that AWS turns away', () => {
  it('is done where the account is closed already', () => {
    expect(closingRefusal(error('AccountAlreadyClosedException'))).toEqual({ verdict: 'done' });
  });

  it.each([
    [error('ConflictException'), 30, 4 * HOUR, 'something else is being done'],
    [constraint('CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED'), MINUTE, 4 * HOUR, 'as many accounts as it can'],
    [constraint('CLOSE_ACCOUNT_QUOTA_EXCEEDED'), HOUR, 32 * DAY, 'past 30 days'],
  ])('%o is asked for again later', (code, waitSeconds, giveUpAfterSeconds, meaning) => {
    const expected = { verdict: 'wait', waitSeconds, giveUpAfterSeconds, meaning: says(meaning) };
    expect(closingRefusal(code)).toEqual(expected);
  });

  it.each([
    [constraint('CANNOT_CLOSE_MANAGEMENT_ACCOUNT'), 'management account', 'Find out how'],
    [constraint('CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG'), 'delegated administrator', 'Deregister it'],
    [constraint('ORGANIZATION_NOT_IN_ALL_FEATURES_MODE'), 'consolidated billing', 'Enable all features'],
    [error('AWSOrganizationsNotInUseException'), 'no organization', 'accessConfig.organizationRootAccountRole'],
    [error('UnsupportedAPIEndpointException'), 'closes no accounts', 'as its root user, then replay this run.'],
  ])('%o ends the run, and a person is told what to change', (code, meaning, remedy) => {
    expect(closingRefusal(code)).toEqual({
      verdict: 'final',
      meaning: says(meaning),
      remedy: says(remedy),
    });
  });
});

describe('the error and its reason', () => {
  it.each([
    ['an unknown error', error('TooManyRequestsException')],
    ['an error that is known with other reasons alone', constraint('SOMETHING_NEW')],
    ['such an error without a reason', error('ConstraintViolationException')],
  ])('say nothing particular: %s', (_, code) => {
    expect(accountRefusal(code)).toBeUndefined();
    expect(closingRefusal(code)).toBeUndefined();
  });

  it('mean what the error means, where nothing is known of the reason', () => {
    expect(closingRefusal({ name: 'ConflictException', reason: 'SOMETHING_NEW' })).toMatchObject({ verdict: 'wait' });
  });
});
