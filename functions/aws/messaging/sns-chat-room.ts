import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

import type { ChatRoom } from '../../ports/notifications';
import { calling } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** Publishes to the topic that Amazon Q Developer in chat applications reads. */
export function snsChatRoom(settings: AwsSettings, TopicArn: string): ChatRoom {
  const client = new SNSClient(ownClientSettings(settings));
  return {
    show: (message) =>
      calling('show a message in the chat', async () => {
        await client.send(new PublishCommand({ TopicArn, Message: JSON.stringify(message) }));
      }),
  };
}
