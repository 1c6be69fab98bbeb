import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { loadConfiguration } from '../../infra/config';
import { baseHashOf, templatesFolderOf } from '../../infra/overlay';

describe('a configuration with an overlay for each organization', () => {
  let folder: string;
  let overlay: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-overlay-'));
    cpSync('config', path.join(folder, 'config'), { recursive: true });
    overlay = path.join(folder, 'overlays/production');
    mkdirSync(path.join(overlay, 'landing-zones'), { recursive: true });
    write('overlay.json', { base: '../../config' });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, content: unknown): void => {
    writeFileSync(path.join(overlay, name), JSON.stringify(content));
  };

  const base = () => loadConfiguration(path.join(folder, 'config'));

  it('is that of the base where the overlay changes nothing', () => {
    expect(loadConfiguration(overlay)).toEqual(base());
  });

  it('has what the overlay says: objects field by field, everything else in place', () => {
    const { platform, landingZones } = base();
    const role = 'arn:aws:iam::999999999999:role/MeshfedServiceRole';
    write('platform.json', { accessConfig: { organizationRootAccountRole: role } });
    write('landing-zones/aws-dev.json', { awsTargetOrgUnitId: 'ou-ab12-prod0001', stackSets: [] });
    expect(loadConfiguration(overlay)).toEqual({
      platform: { ...platform, accessConfig: { organizationRootAccountRole: role } },
      landingZones: {
        'aws-dev': { ...landingZones['aws-dev'], awsTargetOrgUnitId: 'ou-ab12-prod0001', stackSets: [] },
      },
    });
  });

  it.each<[string, string, unknown, RegExp]>([
    ['a landing zone that the base lacks', 'landing-zones/other.json', {}, /other\.json: changes no file/u],
    ['no base', 'overlay.json', {}, /overlay\.json: base: has to be \{ "base": "…" \}/u],
    [
      'an overlay as its base',
      'overlay.json',
      { base: '.' },
      /overlay\.json: base: names .* which is an overlay itself/u,
    ],
    [
      'a field that there is not',
      'platform.json',
      { regoin: 'eu-west-1' },
      /platform\.json: regoin: is not a known field/u,
    ],
  ])('is refused with %s', (_, name, content, message) => {
    write(name, content);
    expect(() => loadConfiguration(overlay)).toThrow(message);
  });

  it('has the templates of its base, and the same hash of shared files as any other overlay of it', () => {
    const hash = baseHashOf(overlay);
    expect(templatesFolderOf(overlay)).toBe(path.join(folder, 'config/landing-zones'));
    write('platform.json', { accountAccessRole: 'OtherRole' });
    expect([baseHashOf(overlay), baseHashOf(path.join(folder, 'config'))]).toEqual([hash, hash]);
    writeFileSync(path.join(folder, 'config/landing-zones/access.yaml'), 'Resources: {}');
    expect(baseHashOf(overlay)).not.toBe(hash);
  });
});
