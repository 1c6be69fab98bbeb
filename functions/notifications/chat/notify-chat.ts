import { chatMessage } from '../../domain/notifications/chat-message';
import type { Log } from '../../ports/log';
import type { ChatRoom } from '../../ports/notifications';
import type { BatchAnswer } from '../../runtime/on-lambda';
import { eachNotification } from '../each-notification';

export interface NotifyChatPorts {
  readonly room: ChatRoom;
  readonly log: Log;
}

/** Shows events of the bus where people chat. A second run shows them once more. */
export const notifyChat = ({ room, log }: NotifyChatPorts, input: unknown): Promise<BatchAnswer> =>
  eachNotification(log, input, (notification) => room.show(chatMessage(notification)));
