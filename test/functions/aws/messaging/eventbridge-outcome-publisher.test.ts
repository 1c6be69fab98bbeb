import {
  eventbridgeDriftReports,
  eventbridgeOutcomePublisher,
} from '../../../../functions/aws/messaging/eventbridge-bus';
import type { OutcomeEvent } from '../../../../functions/ports/outcome-publisher';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const vended: OutcomeEvent = {
  type: 'Account Vended',
  detail: {
    tenantUuid: '7d0c1b1e-0000-4000-8000-000000000001',
    replicationSequence: 17,
    run: 1,
    workspaceIdentifier: 'retail',
    projectIdentifier: 'webshop-dev',
    accountId: '444444444444',
    accountName: 'retail.webshop-dev',
    email: 'aws@corp.example',
    alias: null,
    organizationalUnitId: 'ou-ab12-cdefgh34',
    requestedBy: null,
    replayedBy: null,
    changes: [],
    changesLeftOut: 0,
  },
};

describe('publishing outcomes', () => {
  it('puts one event on the bus, under our source', async () => {
    const handler = new CannedRequestHandler({ body: { FailedEntryCount: 0, Entries: [{ EventId: '1' }] } });
    await eventbridgeOutcomePublisher(handler.settings, 'meshstack').publish(vended);
    expect(handler.requests.map(({ target, body }) => ({ target, body }))).toEqual([
      {
        target: 'AWSEvents.PutEvents',
        body: {
          Entries: [
            {
              EventBusName: 'meshstack',
              Source: 'account-vending',
              DetailType: 'Account Vended',
              Detail: JSON.stringify({ version: 1, ...vended.detail }),
            },
          ],
        },
      },
    ]);
  });

  it('comes again when the bus did not take the event, though the call itself was answered well', async () => {
    const entry = { ErrorCode: 'InternalException', ErrorMessage: 'Not now.' };
    const handler = new CannedRequestHandler({ body: { FailedEntryCount: 1, Entries: [entry] } });
    const publish = eventbridgeOutcomePublisher(handler.settings, 'meshstack').publish(vended);
    await expect(publish).rejects.toMatchObject({
      name: 'TransientError',
      message: '"Account Vended" was not taken by the bus meshstack: Not now.',
    });
  });

  it('is refused for good without permission', async () => {
    const handler = new CannedRequestHandler(awsError('AccessDeniedException'));
    await expect(eventbridgeOutcomePublisher(handler.settings, 'meshstack').publish(vended)).rejects.toMatchObject({
      name: 'RejectedError',
      reason: expect.stringContaining('refused to publish "Account Vended"') as unknown,
    });
  });

  it('is taken where nothing says otherwise, and is refused without words, too', async () => {
    const publish = (body: object) =>
      eventbridgeOutcomePublisher(new CannedRequestHandler({ body }).settings, 'meshstack').publish(vended);
    await publish({});
    await expect(publish({ Entries: [{ EventId: '1' }, { ErrorCode: 'Odd' }] })).rejects.toThrow(
      '"Account Vended" was not taken by the bus meshstack: ',
    );
  });

  it('is the same for reports of drift', async () => {
    const handler = new CannedRequestHandler({ body: {} });
    const report = { pass: 'p' } as never;
    await eventbridgeDriftReports(handler.settings, 'meshstack').publish(report);
    expect(handler.requests.map(({ body }) => body)).toEqual([
      {
        Entries: [
          {
            EventBusName: 'meshstack',
            Source: 'account-vending',
            DetailType: 'Drift Report',
            Detail: JSON.stringify({ version: 1, pass: 'p' }),
          },
        ],
      },
    ]);
  });
});
