import { notificationOf, withoutAddresses } from '../../../../functions/domain/notifications/notification';
import { busEvent, busEvents, PERSON } from '../../../fakes/bus-events';

describe('a notification', () => {
  it('names no person, whatever the event says', () => {
    const naming = busEvents().filter((event) => JSON.stringify(event).includes(PERSON));

    expect(naming).toHaveLength(8);
    expect(JSON.stringify(busEvents().map(notificationOf))).not.toMatch(/jane|doe|corp\.example/u);
  });

  it('is of the event under its id, with what happened and how many changes', () => {
    expect(notificationOf(busEvent('Account Vending Failed'))).toEqual({
      id: 'e-1',
      type: 'Account Vending Failed',
      time: '2026-11-24T10:20:30Z',
      data: {
        version: 1,
        tenantUuid: '2b6f3c9a-5d1e-4c7b-8f0a-6e4d2c1b0a99',
        replicationSequence: 1,
        run: 1,
        workspaceIdentifier: 'retail',
        projectIdentifier: 'webshop-prod',
        accountId: null,
        state: 'CreateAccount',
        error: 'RejectedError',
        cause: 'AWS has an account with the e-mail (an e-mail address) already.',
        remedy: 'Ask (an e-mail address) for another address, and replay this run.',
        executionArn:
          'arn:aws:states:eu-central-1:111111111111:execution:vend-account:2b6f3c9a-5d1e-4c7b-8f0a-6e4d2c1b0a99-1',
        changes: 3,
      },
    });
  });

  it('tells nothing of a field that it does not know', () => {
    const { data } = notificationOf(busEvent('Account Vended', { owner: 'jane', contacts: [PERSON] }));

    expect(Object.keys(data)).not.toContain('owner');
    expect(JSON.stringify(data)).not.toContain('jane');
  });

  it('is not made of what is no event', () => {
    expect(() => notificationOf({ detail: {} })).toThrow(/id/u);
  });
});

describe('a text without addresses', () => {
  it.each([
    ['Write to <jane@corp.example>, please.', 'Write to <(an e-mail address)>, please.'],
    ['"aws+retail.shop-1@mail.corp.example" is taken', '"(an e-mail address)" is taken'],
    ['jörg@bücher.example and a@b.c', '(an e-mail address) and (an e-mail address)'],
    ['schema account-vending@AccountVended is there', 'schema account-vending@AccountVended is there'],
    ['at 10 @ noon', 'at 10 @ noon'],
  ])('%s', (text, expected) => {
    expect(withoutAddresses(text)).toBe(expected);
  });
});

describe('a field of an event', () => {
  const dataOf = (detail: object) =>
    notificationOf({ id: 'e', time: 't', 'detail-type': 'Account Vended', detail, source: 's' }).data;

  it.each([
    'version',
    'tenantUuid',
    'replicationSequence',
    'run',
    'workspaceIdentifier',
    'projectIdentifier',
    'landingZone',
    'accountId',
    'accountName',
    'accountState',
    'organizationalUnitId',
    'state',
    'where',
    'error',
    'cause',
    'remedy',
    'verdict',
    'expiresAt',
    'executionArn',
    'month',
    'currency',
    'invoiceTotal',
    'finalizedAt',
    'reports',
    'updatedReports',
    'pass',
    'startedAt',
    'endedAt',
    'reconciled',
    'notBegun',
    'changed',
    'failed',
    'unfinished',
    'lost',
    'rolloutId',
    'status',
    'wave',
    'changing',
    'done',
    'unexpected',
  ])('is told: %s', (name) => {
    expect(dataOf({ [name]: 'x' })).toStrictEqual({ [name]: 'x' });
    expect(dataOf({ [name]: 7 })).toStrictEqual({ [name]: 7 });
    expect(dataOf({ [name]: null })).toStrictEqual({ [name]: null });
    expect(dataOf({ [name]: { x: 1 } })).toStrictEqual({});
  });

  it.each(['accountEmail', 'requestedBy', 'replayedBy', 'approval', 'reason', 'by', 'changes'])(
    'stays inside: %s',
    (name) => {
      expect(dataOf({ [name]: 'x' })).toStrictEqual({});
    },
  );

  it('is how many changes there were, with those that were left out', () => {
    expect(dataOf({ changes: [1, 2], changesLeftOut: 3 })).toStrictEqual({ changes: 5 });
    expect(dataOf({ changes: [], changesLeftOut: 0 })).toStrictEqual({ changes: 0 });
    expect(dataOf({ changes: [1] })).toStrictEqual({});
  });
});
