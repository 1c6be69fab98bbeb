import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { cdkIn } from '../../../operator/deploy/run-cdk';

/** Tells as whom it is run, and where, and fails. */
const APP = `node -e "const { AWS_PROFILE, AWS_REGION, AWS_ACCESS_KEY_ID } = process.env; console.error('app', AWS_PROFILE, AWS_REGION, AWS_ACCESS_KEY_ID, process.cwd()); process.exit(3)"`;

describe('the command of the CDK', () => {
  const before = { ...process.env };
  let folder: string;
  let lines: string[];

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'run-cdk-')));
    writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app: APP }));
    process.env['AWS_ACCESS_KEY_ID'] = 'somebody-else';
    lines = [];
  });

  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true });
  });

  it('acts as the profile in the folder of the app, and tells of a failure without parameters, which can be secret', async () => {
    const log = (line: string): void => void lines.push(line);
    const cdk = cdkIn({ folder, profile: 'apps', region: 'eu-central-1', log });
    const parameters = ['--parameters', 'VendingStack:ExternalId=the-secret'];
    const failure = cdk(['deploy', 'VendingStack', ...parameters]);

    await expect(failure).rejects.toMatchObject({
      name: 'OperatorError',
      message: expect.stringMatching(
        /^`cdk deploy VendingStack` failed:\n.*\nCorrect it, and run deploy again/su,
      ) as string,
    });
    await expect(failure).rejects.not.toThrow('the-secret');
    await expect(failure).rejects.toThrow(`app apps eu-central-1 undefined ${folder}`);
    expect(lines).toContain(`app apps eu-central-1 undefined ${folder}`);
  });

  it('does not synthesize the app for what is done besides it', async () => {
    const log = (line: string): void => void lines.push(line);
    const cdk = cdkIn({ folder, profile: 'apps', region: 'eu-central-1', log });

    await expect(cdk(['list'], 'besides-app')).rejects.toThrow('`cdk list` failed');
    expect(lines.filter((line) => line.startsWith('app '))).toEqual([]);
  });
});
