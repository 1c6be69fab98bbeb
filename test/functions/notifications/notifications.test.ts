import type { ChatMessage } from '../../../functions/domain/notifications/chat-message';
import type { WebhookRequest } from '../../../functions/domain/notifications/webhook-request';
import { callWebhook, notifyChat } from '../../../functions/notifications/notify';
import { busEvent } from '../../fakes/bus-events';

const NOW = new Date('2026-11-24T10:21:00.000Z');
const batch = (...bodies: readonly string[]): object => ({
  Records: bodies.map((body, index) => ({ messageId: `m-${index}`, body })),
});
const vended = JSON.stringify(busEvent('Account Vended'));
const failed = JSON.stringify(busEvent('Account Vending Failed'));

function quietLog() {
  const errors: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (...line: readonly unknown[]) => void errors.push(line),
  };
  return { log, errors };
}

describe('NotifyChat', () => {
  it('shows each event, and asks again for the one that could not be shown', async () => {
    const shown: ChatMessage[] = [];
    const { log, errors } = quietLog();
    const room = {
      show: (message: ChatMessage) =>
        message.metadata.eventType === 'Account Vended'
          ? Promise.reject(new Error('not now'))
          : Promise.resolve(void shown.push(message)),
    };
    const answer = await notifyChat({ room, log }, batch(vended, failed, 'no JSON'));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }, { itemIdentifier: 'm-2' }] });
    expect(shown.map(({ metadata }) => metadata.eventType)).toEqual(['Account Vending Failed']);
    expect(JSON.stringify(errors)).not.toContain('jane');
    const sentence = 'A notification could not be sent now; it will come again';
    expect(errors).toEqual(['m-0', 'm-2'].map((messageId) => [sentence, { messageId }, expect.any(Error) as Error]));
  });
});

describe('CallWebhook', () => {
  const sent: WebhookRequest[] = [];
  const webhook = (...keys: readonly string[]) => ({
    post: (request: WebhookRequest) => Promise.resolve(void sent.push(request)),
    secrets: () => Promise.resolve(keys),
  });

  it('signs each try anew, under the id of the event', async () => {
    const { log } = quietLog();
    const later = new Date(NOW.getTime() + 600_000);
    await callWebhook({ webhook: webhook('AAAA'), log, now: () => NOW }, batch(vended));
    await callWebhook({ webhook: webhook('BBBB', 'AAAA'), log, now: () => later }, batch(vended));

    const [first, second] = sent.map(({ headers }) => headers);
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(Number(second?.['webhook-timestamp'])).toBe(Number(first?.['webhook-timestamp']) + 600);
    expect(second?.['webhook-signature']?.split(' ')).toHaveLength(2);
  });

  it('asks for the event again when there is no secret to be read', async () => {
    const { log } = quietLog();
    const closed = { ...webhook(), secrets: () => Promise.reject(new Error('denied')) };

    expect(await callWebhook({ webhook: closed, log, now: () => NOW }, batch(vended))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-0' }],
    });
  });
});
