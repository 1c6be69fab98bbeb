import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { asyncApiDocument } from '../../../../sandbox/commands/asyncapi/asyncapi';

describe('the AsyncAPI document', () => {
  const lint = (document: object): { readonly status: number | null; readonly output: string } => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'asyncapi-'));
    try {
      const file = path.join(folder, 'asyncapi.json');
      writeFileSync(file, JSON.stringify(document));
      const { status, stdout, stderr } = spawnSync(
        'npx',
        ['redocly', 'lint', file, '--extends', 'recommended-strict'],
        {
          encoding: 'utf8',
          env: {
            PATH: process.env['PATH'] ?? '',
            REDOCLY_TELEMETRY: 'off',
            REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
            CI: 'true',
          },
        },
      );
      return { status, output: stdout + stderr };
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('is one that Redocly reads, of version 3, with all of its references', () => {
    expect(lint(asyncApiDocument())).toEqual({ status: 0, output: expect.stringContaining('valid') as string });
  });

  it('would not be, with a channel that is spelt otherwise, or a message that is not there', () => {
    const document = asyncApiDocument();
    expect(lint({ ...document, chanels: {} }).status).not.toBe(0);
    expect(lint({ ...document, components: {} }).status).not.toBe(0);
  });
});
