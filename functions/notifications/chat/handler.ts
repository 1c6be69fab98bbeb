import { snsChatRoom } from '../../aws/messaging/sns-chat-room';
import { environment } from '../../runtime/environment';
import { log } from '../../runtime/logger';
import type { BatchAnswer } from '../../runtime/on-lambda';
import { notifyChat } from '../notify';

const room = snsChatRoom({}, environment('CHAT_TOPIC_ARN'));

/** It has no ledger, which every function of `onLambda` has. */
export const handler = (event: unknown): Promise<BatchAnswer> => notifyChat({ room, log }, event);
