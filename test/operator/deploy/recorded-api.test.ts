import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { apiUrlOf } from '../../../operator/api/api-url';
import { recordStack } from '../../../operator/deploy/outputs';
import { recordedApi } from '../../../operator/deploy/recorded-api';

describe('the API that deploy has written down', () => {
  const before = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'recorded-api-'));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  const outputs = { ApiUrl: 'https://a1.execute-api.eu-central-1.amazonaws.com/v1/' };

  it('is found in the folder of the installation, with the profile that was given', () => {
    const installation = path.join(folder, 'installation');
    recordStack(installation, 'VendingStack', { account: '1', region: 'eu-central-1', outputs });
    const profiles = { management: 'm', automation: 'a', meshcloud: 'apps' };
    writeFileSync(path.join(installation, 'deployment.json'), JSON.stringify({ region: 'eu-central-1', profiles }));

    expect(recordedApi()).toEqual({ url: outputs.ApiUrl, profile: 'apps' });
    expect(apiUrlOf(undefined)).toBe(outputs.ApiUrl);
    expect(apiUrlOf('https://another.example/v1')).toBe('https://another.example/v1');
  });

  it('is found in the installation itself; nowhere where nothing was deployed', () => {
    expect(recordedApi()).toBeUndefined();
    recordStack('.', 'VendingStack', { account: '1', region: 'eu-central-1', outputs });
    expect(recordedApi()).toEqual({ url: outputs.ApiUrl, profile: undefined });
  });
});
