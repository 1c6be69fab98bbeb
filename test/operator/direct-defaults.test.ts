import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { directDefaults } from '../../operator/preflight/direct-defaults';

describe('a preflight with one’s own credentials takes', () => {
  const before = { folder: process.cwd(), environment: { ...process.env } };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'direct-defaults-'));
    process.chdir(folder);
    delete process.env['VENDING_EXTERNAL_ID'];
  });

  afterEach(() => {
    process.chdir(before.folder);
    process.env = { ...before.environment };
    rmSync(folder, { recursive: true });
  });

  const install = (): void => {
    mkdirSync('installation/config', { recursive: true });
    writeFileSync('installation/cdk.json', JSON.stringify({ context: { configDir: 'config' } }));
    const profiles = { management: 'm', automation: 'a', meshcloud: 'apps' };
    writeFileSync('installation/deployment.json', JSON.stringify({ region: 'eu-central-1', profiles }));
  };

  const nothing = { config: undefined, secretId: undefined, profile: undefined, profileAutomation: undefined };

  it('the folder config and no profile where there is no installation', () => {
    expect(directDefaults(nothing)).toEqual({
      configurationFolder: 'config',
      secretId: undefined,
      profiles: undefined,
    });
  });

  it('the configuration and the profiles of the installation that is here', () => {
    install();
    expect(directDefaults(nothing)).toEqual({
      configurationFolder: path.join('installation', 'config'),
      secretId: undefined,
      profiles: { management: 'm', automation: 'a' },
    });
  });

  it('what is given in the place of what the installation says', () => {
    install();
    const given = { config: 'mine', secretId: undefined, profile: 'root', profileAutomation: undefined };
    expect(directDefaults(given)).toMatchObject({
      configurationFolder: 'mine',
      profiles: { management: 'root', automation: 'a' },
    });
    expect(directDefaults({ ...given, profileAutomation: 'tools' }).profiles).toEqual({
      management: 'root',
      automation: 'tools',
    });
  });

  it.each(['a secret is named', 'the ExternalId is in the environment'])(
    'no profiles of the installation where %s: it looks through the roles then',
    (how) => {
      install();
      if (how === 'the ExternalId is in the environment') process.env['VENDING_EXTERNAL_ID'] = 'x'.repeat(20);
      const secretId = how === 'a secret is named' ? 'the-secret' : undefined;
      expect(directDefaults({ ...nothing, secretId })).toEqual({
        configurationFolder: path.join('installation', 'config'),
        secretId,
        profiles: undefined,
      });
      expect(directDefaults({ ...nothing, secretId, profile: 'root' }).profiles).toEqual({
        management: 'root',
        automation: undefined,
      });
    },
  );
});
