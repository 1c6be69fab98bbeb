import { eventbridgeDesiredStatePublisher } from '../../../functions/meshstack/aws/eventbridge-desired-state-publisher';
import { CannedRequestHandler } from '../../fakes/canned-request-handler';
import { desiredState } from '../domain/examples';

describe('desired states on the bus', () => {
  it('come from the source, and with the type, that Intake listens to', async () => {
    const handler = new CannedRequestHandler({ body: { FailedEntryCount: 0, Entries: [{ EventId: '1' }] } });
    await eventbridgeDesiredStatePublisher(handler.settings, 'meshstack').publish(desiredState());
    expect(handler.requests.map(({ body }) => body)).toEqual([
      {
        Entries: [
          {
            EventBusName: 'meshstack',
            Source: 'meshstack.replicator',
            DetailType: 'meshTenant Desired State',
            Detail: JSON.stringify(desiredState()),
          },
        ],
      },
    ]);
  });
});
