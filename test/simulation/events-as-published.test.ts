import { readFileSync } from 'node:fs';
import path from 'node:path';

import Ajv2020 from 'ajv/dist/2020';

import { type OutcomePublisher, versioned } from '../../functions/ports/outcome-publisher';
import { fileNameOf } from '../../sandbox/commands/asyncapi/asyncapi';
import type { EventType } from '../../functions/ports/event-schemas';
import { HeardEvents } from '../../sandbox/runtime/embedded/heard-events';
import { SimulatedVending } from './simulated-vending';

type Published = Parameters<OutcomePublisher['publish']>[0];

const ajv = new Ajv2020({ validateFormats: false });

/** The file that consumers are given, read by a validator that is not ours. */
const isAsPublished = (type: EventType, detail: object): boolean => {
  const file = path.join('docs/schema/events', `${fileNameOf(type)}.schema.json`);
  return ajv.validate(JSON.parse(readFileSync(file, 'utf8')) as object, JSON.parse(JSON.stringify(versioned(detail))));
};

describe('events that the application publishes', () => {
  let simulated: SimulatedVending;

  beforeEach(() => {
    simulated = new SimulatedVending();
  });

  afterEach(() => {
    simulated.stop();
  });

  it('are as the JSON Schemas in docs say', async () => {
    simulated.sendEvent();
    await simulated.settle();
    simulated.sendEvent(['replicationSequence', 50], ['tenant.status.lifecycle.state', 'DELETED']);
    await simulated.settle();

    const published: readonly Published[] = simulated.application.outcomes;
    expect(published.map(({ type }) => type)).toEqual(['Account Vended', 'Account Closed']);
    expect(published.filter(({ type, detail }) => !isAsPublished(type, detail))).toEqual([]);
    expect(isAsPublished('Account Vended', { tenantUuid: 'x' })).toBe(false);
  });

  it('would not leave any simulation in another form: its bus refuses them', () => {
    const wrong = { type: 'Account Vended', detail: { tenantUuid: 'x' } } as Published;

    expect(() => new HeardEvents().publish(wrong)).toThrow(/replicationSequence/u);
  });
});
