import Ajv from 'ajv';

import { registrySchemas } from '../../infra/registry-schemas';
import { EVENT_TYPES, type EventType } from '../../functions/ports/event-schemas';
import { busEvent } from '../fakes/bus-events';

/** OpenAPI 3.0 has `nullable`, which ajv knows, and words of its own, which it is to read over. */
const ajv = new Ajv({ strict: false, validateFormats: false });

const isValid = (type: EventType, event: object): boolean => {
  const document = registrySchemas()[type.replaceAll(' ', '')] as object;
  return ajv.validate({ ...document, $ref: '#/components/schemas/AWSEvent' }, event);
};

describe('the schemas of the registry', () => {
  it.each(EVENT_TYPES)('take an event as EventBridge hands it out: %s', (type) => {
    expect(isValid(type, busEvent(type))).toBe(true);
    expect(isValid(type, busEvent(type, { newField: 'of a later release' }))).toBe(true);
  });

  it.each(EVENT_TYPES)('refuse one of another version, and one without detail: %s', (type) => {
    expect(isValid(type, busEvent(type, { version: 2 }))).toBe(false);
    expect(isValid(type, { ...busEvent(type), detail: undefined })).toBe(false);
  });

  it('are small enough for the registry, under names that it takes', () => {
    for (const [name, schema] of Object.entries(registrySchemas())) {
      expect(name).toMatch(/^[A-Za-z]+$/u);
      expect(JSON.stringify(schema).length).toBeLessThan(100_000);
    }
  });
});
