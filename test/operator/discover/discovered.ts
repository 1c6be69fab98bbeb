import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { loadConfiguration } from '../../../infra/config';
import { discover, type DiscoverOptions } from '../../../operator/discover/discover';
import { seededRandom } from '../../../sandbox/organization/draw';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import { awsLatencies } from '../../../sandbox/organization/latencies';
import { Organization, type OrganizationOptions } from '../../../sandbox/organization/organization';
import type { OrganizationSeed } from '../../../sandbox/organization/organization-seed';
import { OTHER_ACCOUNTS } from '../../../sandbox/organization/other-organizations';

export const modelOf = (seed: OrganizationSeed, more: Partial<OrganizationOptions> = {}): Organization =>
  new Organization({
    seed,
    clock: { now: () => Date.now() },
    latencies: awsLatencies,
    random: seededRandom(1),
    ...more,
  });

export interface Discovered {
  readonly exitCode: number;
  readonly folder: string;
  readonly out: string;
  readonly notices: string;
}

/** `init --discover` against a model, with the administrators of its accounts. */
export async function discovered(
  organization: Organization,
  given: Partial<DiscoverOptions> = {},
): Promise<Discovered> {
  const folder = given.folder ?? mkdtempSync(path.join(tmpdir(), 'account-vending-discovered-'));
  let out = '';
  let notices = '';
  const exitCode = await discover(
    {
      folder,
      profiles: { management: 'management', automation: 'automation', meshcloud: 'meshcloud' },
      region: 'eu-central-1',
      known: { controlTower: undefined, identityCenter: undefined },
      units: [],
      emailPattern: undefined,
      takesProposals: true,
      ask: undefined,
      overwrites: false,
      json: false,
      settingsOf: (profile) => ({
        credentials: {
          accessKeyId: new Map(Object.entries(OTHER_ACCOUNTS)).get(profile) ?? profile,
          secretAccessKey: 'not-verified',
        },
        requestHandler: inProcessRequestHandler(organization),
      }),
      ...given,
    },
    {
      print: (text) => {
        out += text;
      },
      notify: (text) => {
        notices += text;
      },
      pause: () => Promise.resolve(),
      now: () => new Date('2026-11-24T12:00:00.000Z'),
    },
  );
  return { exitCode, folder, out, notices };
}

export const configurationIn = (folder: string): ReturnType<typeof loadConfiguration> =>
  loadConfiguration(path.join(folder, 'config'));
