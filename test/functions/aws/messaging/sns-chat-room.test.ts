import { Readable } from 'node:stream';

import { snsChatRoom } from '../../../../functions/aws/messaging/sns-chat-room';
import { chatMessage } from '../../../../functions/domain/notifications/chat-message';
import { notificationOf } from '../../../../functions/domain/notifications/notification';
import { busEvent } from '../../../fakes/bus-events';

const TOPIC = 'arn:aws:sns:eu-central-1:111111111111:account-vending-notifications';
const message = chatMessage(notificationOf(busEvent('Account Vending Failed')));
const CREDENTIALS = { accessKeyId: 'A', secretAccessKey: 's' };

/** SNS speaks the query protocol: a form in, XML out. */
function topic(statusCode: number, xml: string) {
  const forms: URLSearchParams[] = [];
  const requestHandler = {
    handle: ({ body }: { readonly body: string }) => {
      forms.push(new URLSearchParams(body));
      return Promise.resolve({ response: { statusCode, headers: {}, body: Readable.from([xml]) } });
    },
  };
  const settings = { region: 'eu-central-1', credentials: CREDENTIALS, requestHandler };
  return { forms, room: snsChatRoom(settings, TOPIC) };
}

describe('the topic of the chat', () => {
  it('gets the message as Amazon Q reads it', async () => {
    const published = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';
    const { forms, room } = topic(200, published);
    await room.show(message);

    const [form] = forms;
    expect(form?.get('Action')).toBe('Publish');
    expect(form?.get('TopicArn')).toBe(TOPIC);
    expect(JSON.parse(form?.get('Message') ?? '')).toEqual(message);
  });

  it('that may not be written to is an error which no other try mends', async () => {
    const denied =
      '<ErrorResponse><Error><Code>AuthorizationError</Code><Message>No.</Message></Error></ErrorResponse>';

    await expect(topic(403, denied).room.show(message)).rejects.toThrow(/No\./u);
  });
});
