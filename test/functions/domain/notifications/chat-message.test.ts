import { chatMessage } from '../../../../functions/domain/notifications/chat-message';
import { type Notification, notificationOf } from '../../../../functions/domain/notifications/notification';
import type { EventType } from '../../../../functions/ports/event-schemas';
import { busEvent, busEvents } from '../../../fakes/bus-events';

const messageOf = (event: object) => chatMessage(notificationOf(event));

describe('a message in the chat', () => {
  it('tells of a failure with cause, remedy and where to look', () => {
    expect(messageOf(busEvent('Account Vending Failed'))).toEqual({
      version: '1.0',
      source: 'custom',
      id: 'e-1',
      content: {
        textType: 'client-markdown',
        title: 'Vending failed: retail / webshop-prod',
        description: [
          'Failed in: CreateAccount',
          'Error: RejectedError',
          'Cause: AWS has an account with the e-mail (an e-mail address) already.',
          'Changes in AWS: 3',
        ].join('\n'),
        nextSteps: [
          'Ask (an e-mail address) for another address, and replay this run.',
          'npx account-vending vendings show 2b6f3c9a-5d1e-4c7b-8f0a-6e4d2c1b0a99',
          'https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/arn:aws:states:eu-central-1:111111111111:execution:vend-account:2b6f3c9a-5d1e-4c7b-8f0a-6e4d2c1b0a99-1',
        ],
        keywords: ['Account Vending Failed', 'RejectedError', 'retail'],
      },
      metadata: {
        threadId: '2b6f3c9a-5d1e-4c7b-8f0a-6e4d2c1b0a99',
        summary: 'Vending failed: retail / webshop-prod',
        eventType: 'Account Vending Failed',
      },
    });
  });

  it.each<[EventType, figures: object, zeros: readonly string[]]>([
    [
      'Drift Report',
      { reconciled: 0, changed: 0, failed: 0, lost: 0 },
      ['Tenants reconciled', 'Drifted and put right', 'Failed runs', 'Accounts lost', 'Not begun', 'Not ended'],
    ],
    ['Usage Report Finalized', { reports: 0 }, ['Reports', 'Changed since they were final']],
    [
      'Rollout Ended',
      { wave: 0, changing: 0, done: 0, failed: 0 },
      ['Failed runs', 'Wave', 'Tenants to be changed', 'Done', 'With unexpected changes'],
    ],
    ['Account Vended', { changes: [], changesLeftOut: 0 }, ['Changes in AWS']],
  ])('tells figures that are zero: %s', (type, figures, zeros) => {
    const lines = messageOf(busEvent(type, figures)).content.description.split('\n');

    expect(lines.filter((line) => line.endsWith(': 0'))).toEqual(zeros.map((words) => `${words}: 0`));
  });

  it('does not take the state of usage reports for one that has failed', () => {
    const { description } = messageOf(busEvent('Usage Report Finalized')).content;

    expect(description).not.toContain('Failed');
    expect(description).toContain('State: FINALIZED');
  });

  it('leaves a figure out that is not known', () => {
    const { description } = messageOf(busEvent('Drift Report', { changed: null, failed: null })).content;

    expect(description).not.toMatch(/Drifted|Failed|null/u);
    expect(description).toContain('Not ended: 0');
  });

  it('has a title in words for every type, names no person, and keeps to the lengths of Amazon Q', () => {
    const messages = busEvents().map(messageOf);

    const titles = messages.map(({ content }) => content.title.replace(': retail / webshop-prod', ''));
    expect(titles).toEqual([
      'Account vended',
      'Vending failed',
      'Vending is late',
      'Vending waits for approval',
      'Vending in shadow mode',
      'Tenant gone',
      'Closing failed',
      'Closing is late',
      'Closing waits for approval',
      'Closing in shadow mode',
      'Usage reports are final',
      'Rollout started',
      'Wave of a rollout has ended',
      'Rollout paused',
      'Rollout has stopped',
      'Rollout is over',
      'Nightly reconciliation has ended',
    ]);
    for (const message of messages) {
      expect(message.content.title).not.toContain(message.metadata.eventType);
      expect(message.content.description).not.toBe('');
      expect(JSON.stringify(message)).not.toMatch(/jane|corp\.example/u);
    }
  });

  it('is cut where Amazon Q would not take it', () => {
    const long = 'x'.repeat(9000);
    const { content } = messageOf(
      busEvent('Account Vending Failed', { cause: long, remedy: long, workspaceIdentifier: long }),
    );

    expect(content.title).toHaveLength(250);
    expect(content.description).toHaveLength(8000);
    expect(content.description.endsWith('…')).toBe(true);
    expect(Math.max(...content.nextSteps.map(({ length }) => length))).toBe(350);
    expect(Math.max(...content.keywords.map(({ length }) => length))).toBe(75);
  });

  it('calls nobody, whatever AWS or a user has written', () => {
    const { content } = messageOf(
      busEvent('Account Vending Failed', { cause: '<!channel> @here <@U123>', remedy: '<!here>' }),
    );

    expect(JSON.stringify(content)).not.toMatch(/[<>@]/u);
  });

  it('tells a type of a later release by its name', () => {
    const later: Notification = { id: '1', type: 'Account Renamed', time: '2026-11-24T10:20:30Z', data: {} };

    expect(chatMessage(later).content).toMatchObject({ title: 'Account Renamed', description: 'Account Renamed' });
  });

  it('leads to the console of the partition', () => {
    const executionArn = 'arn:aws-us-gov:states:us-gov-west-1:111111111111:execution:vend-account:1';
    const { content } = messageOf(busEvent('Account Vending Failed', { executionArn }));

    expect(content.nextSteps.at(-1)).toMatch(/^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\/states/u);
  });
});
