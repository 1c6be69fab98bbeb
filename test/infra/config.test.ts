import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '../../functions/domain/base/errors';
import { loadConfiguration } from '../../infra/config';

const platform = {
  region: 'eu-central-1',
  accessConfig: { organizationRootAccountRole: 'arn:aws:iam::222222222222:role/MeshfedServiceRole' },
  automationAccountRole: 'arn:aws:iam::333333333333:role/MeshfedAutomationRole',
  accountAccessRole: 'MeshstackAccountAccessRole',
  accountEmailPattern: 'aws+#{projectIdentifier}@corp.example',
  accountAliasPattern: 'corp-#{projectIdentifier}',
  enforceAccountAlias: false,
  selfDowngradeAccessRole: true,
};
const landingZone = { name: 'plain', awsTargetOrgUnitId: 'ou-ab12-cdefgh34', awsEnrollAccount: false };

describe('loadConfiguration', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'configuration-'));
    mkdirSync(path.join(folder, 'landing-zones'));
    write('platform.json', JSON.stringify(platform));
    write('landing-zones/plain.json', JSON.stringify(landingZone));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (file: string, text: string): void => {
    writeFileSync(path.join(folder, file), text);
  };

  const linesOfError = (): readonly string[] => {
    try {
      loadConfiguration(folder);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return error.message.replaceAll(`${folder}${path.sep}`, '').split('\n  ').slice(1);
    }
    return [];
  };

  it('reads the platform and every landing zone of a folder', () => {
    write('landing-zones/other.json', `\uFEFF${JSON.stringify({ ...landingZone, name: 'other' })}`);
    write('landing-zones/README.md', 'not a landing zone');

    const configuration = loadConfiguration(folder);

    expect(configuration.platform.accountAccessRole).toBe('MeshstackAccountAccessRole');
    expect(Object.keys(configuration.landingZones).toSorted()).toEqual(['other', 'plain']);
  });

  it.each(['config', 'sandbox/config'])('reads the example in %s', (example) => {
    const { landingZones } = loadConfiguration(path.join(__dirname, '..', '..', example));

    expect(landingZones).toHaveProperty('aws-dev');
  });

  it('lists every fault of every file, each as file, field, what is wrong and what to do', () => {
    write(
      'platform.json',
      JSON.stringify({ ...platform, regoin: 'x', accountAliasPattern: '#{projectIdentifier:%d}' }),
    );
    write('landing-zones/plain.json', JSON.stringify({ ...landingZone, awsTargetOrgUnitId: 'ou-1' }));
    write('landing-zones/broken.json', '{\n  "name": "broken",\n  awsEnrollAccount: false\n}\n');

    expect(linesOfError()).toEqual([
      'landing-zones/broken.json: is not valid JSON: Invalid symbol at line 3, column 3. Correct it there.',
      "platform.json: accountAliasPattern: '#{projectIdentifier:%d}' has a format that does not fit in #{projectIdentifier:%d}: it uses %d, which is for numbers, but the value is a string (use %s). Correct the format.",
      'platform.json: regoin: is not a known field, probably misspelt. Did you mean region?',
      expect.stringMatching(
        /^landing-zones\/plain\.json: awsTargetOrgUnitId: must be the id of an organizational unit .*, but is 'ou-1'\.$/,
      ),
    ]);
  });

  it('says when there is no platform.json, without faults that only follow from it', () => {
    rmSync(path.join(folder, 'platform.json'));

    expect(linesOfError()).toEqual(['platform.json: cannot be read: there is no such file or folder. Check the path.']);
  });

  it('says when there is no folder of landing zones', () => {
    rmSync(path.join(folder, 'landing-zones'), { recursive: true });

    expect(linesOfError()).toEqual(['landing-zones: cannot be read: there is no such file or folder. Check the path.']);
  });

  it('names the folder that holds no landing zone', () => {
    rmSync(path.join(folder, 'landing-zones', 'plain.json'));

    expect(() => loadConfiguration(folder)).toThrow(`${path.join(folder, 'landing-zones')}: holds no landing zone`);
  });

  it('says when that folder is empty, and when it is a file', () => {
    rmSync(path.join(folder, 'landing-zones/plain.json'));
    const empty = linesOfError();
    rmSync(path.join(folder, 'landing-zones'), { recursive: true });
    write('landing-zones', '');

    expect(empty).toEqual([expect.stringContaining('holds no landing zone')]);
    expect(linesOfError()).toEqual(['landing-zones: cannot be read: it is not a folder. Check the path.']);
  });

  it.each([
    ['', 'Value expected at line 1, column 1'],
    ['{"a": 1,}', 'column 9'],
    ['{"a": 1} // comment', 'column 10'],
    ['{"a": "b', 'Unexpected end of string at line 1, column 7'],
    ['{"a": 1}}', 'End of file expected at line 1, column 9'],
  ])('says where %j is no JSON', (text, place) => {
    write('platform.json', text);

    expect(linesOfError()).toEqual([expect.stringContaining(place)]);
  });
});
