import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { ConfigurationError } from '../../../functions/domain/base/errors';
import type { ConfigurationDocuments } from '../src/configuration-source';
import { readConfiguration } from '../src/read-configuration';

const FOLDER = 'sandbox/config';
const ZONES = path.join(FOLDER, 'landing-zones');

const read = (...places: readonly string[]): object =>
  JSON.parse(readFileSync(path.join(FOLDER, ...places), 'utf8')) as object;

/** The files of the folder as objects. */
const documents = (): ConfigurationDocuments => ({
  platform: read('platform.json'),
  landingZones: Object.fromEntries(
    readdirSync(ZONES)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [path.basename(name, '.json'), read('landing-zones', name)]),
  ),
  templatesFolder: ZONES,
});

describe('a configuration', () => {
  it('is the same as objects and as a folder', () => {
    expect(readConfiguration(documents())).toEqual(readConfiguration(FOLDER));
  });

  it('tells every fault of the objects at once, with where it is', () => {
    const { platform, landingZones } = documents();
    const faulty = { platform: { ...platform, region: 'nowhere' }, landingZones: { ...landingZones, broken: {} } };
    const reading = (): unknown => readConfiguration({ ...faulty, templatesFolder: ZONES });

    expect(reading).toThrow(ConfigurationError);
    expect(reading).toThrow(/platform: region/u);
    expect(reading).toThrow(/broken\.json/u);
  });

  it('misses templates where they are looked for', () => {
    const zone = { ...documents().landingZones['aws-sandbox'], accessStack: { template: 'access.yaml' } };
    const reading = (): unknown => readConfiguration({ ...documents(), landingZones: { 'aws-sandbox': zone } });

    expect(reading).toThrow(/aws-sandbox\.json: accessStack\.template: .*access\.yaml/u);
  });
});
