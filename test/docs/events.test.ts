import path from 'node:path';

import * as z from 'zod';
import { loadConfiguration } from '../../infra/config';
import { vend } from '../../sandbox/commands/demo/vend';
import { embeddedStage } from '../../sandbox/runtime/stage/embedded-stage';
import { blocksOf } from './pages';

const PAGE = 'docs/events.md';
const json = blocksOf(PAGE)
  .filter(({ info }) => info === 'json')
  .map(({ text }) => JSON.parse(text) as Readonly<Record<string, unknown>>);

describe('the events in docs/events.md', () => {
  const event = json.find((block) => 'detail-type' in block);
  const vended = json.find((block) => 'organizationalUnitId' in block);
  const failed = json.find((block) => 'cause' in block);
  const configuration = loadConfiguration(path.join('sandbox', 'config'));

  /** What a consumer hears of the example, embedded. */
  const outcomeOf = async (targetOrgUnitId?: string): Promise<object | undefined> => {
    const landingZone = configuration.landingZones['aws-dev'];
    if (landingZone === undefined) throw new Error('The example needs the landing zone aws-dev.');
    const elsewhere = { ...landingZone, awsTargetOrgUnitId: targetOrgUnitId ?? landingZone.awsTargetOrgUnitId };
    const landingZones = { ...configuration.landingZones, 'aws-dev': elsewhere };
    const stage = await embeddedStage({ ...configuration, landingZones }, 7);
    try {
      const order = { source: PAGE, trigger: 'event', desiredState: event?.['detail'] } as const;
      await vend(stage, [order], () => undefined);
      return (await stage.outcomes())[0]?.detail;
    } finally {
      await stage.stop();
    }
  };

  it('come to what is shown for Account Vended', async () => {
    const outcome = await outcomeOf();

    const shown = z.array(z.unknown()).parse(vended?.['changes']);
    const changes = z.object({ changes: z.array(z.unknown()) }).parse(outcome).changes;
    expect(changes).toEqual(expect.arrayContaining(shown));
    expect({ ...outcome, accountId: vended?.['accountId'], changes: shown }).toEqual(vended);
  });

  it('come to what is shown for Account Vending Failed, where there is no such organizational unit', async () => {
    const outcome = await outcomeOf('ou-ab12-gone0001');

    expect({ ...outcome, executionArn: failed?.['executionArn'] }).toEqual(failed);
  });
});
