import { DescribeAccountCommand } from '@aws-sdk/client-organizations';

import type { Caller } from '../../../sandbox/organization/caller';
import { assumeServiceRole, MANAGEMENT, organizationUnderTest, outcomeOf } from './organization-under-test';

const called = { operation: 'DescribeAccount', input: { AccountId: MANAGEMENT } };
const callerOf = (accessKeyId: string, service = 'organizations'): Caller => ({
  accessKeyId,
  region: 'us-east-1',
  service,
  callerFunction: null,
});

describe('a call without the wire', () => {
  it('is answered as one with it, by the same caller', async () => {
    const { organization, organizations } = organizationUnderTest();

    const { Account } = await organizations.send(new DescribeAccountCommand(called.input));
    const direct = await organization.call({ caller: callerOf(MANAGEMENT), sessionToken: '', ...called });

    expect(direct).toMatchObject({ Account: { Id: Account?.Id, Email: Account?.Email, Arn: Account?.Arn } });
    const [byWire, without] = organization.calls;
    expect(without).toEqual(byWire);
  });

  it('is a session’s where the token is that of the session, and nobody’s otherwise', async () => {
    const test = organizationUnderTest();
    const { accessKeyId, sessionToken = '' } = await assumeServiceRole(test);
    const call = (token: string): Promise<object> =>
      test.organization.call({ caller: callerOf(accessKeyId), sessionToken: token, ...called });

    await expect(call(sessionToken)).resolves.toMatchObject({ Account: { Id: MANAGEMENT } });
    await expect(call('another')).rejects.toMatchObject({ code: 'UnrecognizedClientException' });
  });

  it('is refused by name, and goes to no service that is not there', async () => {
    const { organization } = organizationUnderTest();
    const caller = callerOf(MANAGEMENT);
    const absent = { AccountId: '999999999999' };
    const call = (changes: object): Promise<object> =>
      organization.call({ caller, sessionToken: '', ...called, ...changes });

    await expect(call({ input: absent })).rejects.toMatchObject({ code: 'AccountNotFoundException' });
    await expect(outcomeOf(call({ caller: callerOf(MANAGEMENT, 'braket') }))).resolves.toBe('TypeError');
  });
});
