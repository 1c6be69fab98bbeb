import type { ChatMessage } from '../domain/notifications/chat-message';
import type { WebhookRequest } from '../domain/notifications/webhook-request';

/** Shows messages where people chat. */
export interface ChatRoom {
  /** @throws TransientError or RejectedError; a second message of the same event may be shown twice */
  show(message: ChatMessage): Promise<void>;
}

/** The address that the operator has given for notifications. */
export interface Webhook {
  /**
   * Sends one request, and follows no redirect: a signed body goes to the configured address alone.
   *
   * @throws TransientError when there was no answer, or one that is no 2xx
   */
  post(request: WebhookRequest): Promise<void>;
  /** The secrets to sign with (base64, the current one first), read again each time. */
  secrets(): Promise<readonly string[]>;
}
