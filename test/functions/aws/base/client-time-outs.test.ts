import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sqsPassMessages } from '../../../../functions/aws/messaging/sqs-queues';
import { TransientError } from '../../../../functions/domain/base/errors';

const CREDENTIALS = { accessKeyId: '000000000000', secretAccessKey: 'test' };

describe('a client of AWS', () => {
  it('does not wait for an answer that does not come', async () => {
    const server = createServer(() => undefined).listen(0);
    const { port } = server.address() as AddressInfo;
    const queueUrl = `http://localhost:${port}/000000000000/queue`;
    try {
      const passes = sqsPassMessages({ region: 'eu-central-1', credentials: CREDENTIALS, maxAttempts: 1 }, queueUrl);
      const sending = passes.send({ pass: '2026-11-25', part: 1 }, 20);
      const late = new Promise((resolve) => setTimeout(resolve, 40_000, 'late').unref());
      const end: unknown = await Promise.race([sending.catch((error: unknown) => error), late]);
      expect(end).toBeInstanceOf(TransientError);
      expect(end).toMatchObject({ nothingDone: false, cause: { name: 'TimeoutError' } });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('is made with time-outs, wherever it is made', () => {
    const made = globSync('functions/**/aws/**/*.ts').flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return [...text.matchAll(/new \w+Client\((?<settings>(?:\{\s*\.\.\.)?\w+)/gu)].map(
        ({ groups }) => `${file}: ${groups?.['settings']?.replace(/\W+/u, '') ?? ''}`,
      );
    });

    expect(made.length).toBeGreaterThan(25);
    expect(
      made.filter((each) => !/: (?:clientSettings|ownClientSettings|settingsOf|waitingSettings)$/u.test(each)),
    ).toEqual([]);
  });
});
