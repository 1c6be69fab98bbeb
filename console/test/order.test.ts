import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseDesiredState } from '../../functions/domain/desired-state/desired-state';
import { schemaFaults } from '../src/logic/desired-state-faults';
import { desiredStateDraft } from '../src/logic/desired-state-draft';
import { fieldAt } from '../src/logic/fault-places';
import { valueText } from '../src/logic/value-text';

const EXAMPLE = readFileSync(path.join(import.meta.dirname, '../../sandbox/examples/fraud-lab.json'), 'utf8');

describe('faults of a desired state, as one types', () => {
  it('are none of the example and of the draft', () => {
    expect(schemaFaults(EXAMPLE)).toEqual([]);
    expect(schemaFaults(desiredStateDraft('5b0c1b1e-0000-4000-8000-000000000002'))).toEqual([]);
  });

  it('are those that the API finds, in its words, each at its line', () => {
    const text = EXAMPLE.replace('"meshTenant"', '"meshtenant"').replace('"tenantPlatformNumber": 43', '"x": 43');
    const parsed = parseDesiredState(JSON.parse(text));
    const faults = schemaFaults(text);

    expect(faults.map(({ field, message }) => ({ field, message }))).toEqual(
      (parsed.ok ? [] : parsed.faults).map(({ field, message }) => ({ field, message })),
    );
    expect(faults.map(({ field, line }) => [field, line])).toEqual([
      ['tenant.kind', 6],
      ['tenantPlatformNumber', 1],
    ]);
  });

  it('are one, where the text is no JSON', () => {
    expect(schemaFaults('{ "a": }')).toHaveLength(1);
  });

  it('are as many as a person reads', () => {
    const text = EXAMPLE.replace('"userPermissions": [', `"userPermissions": [${'{},'.repeat(200)}`);

    expect(schemaFaults(text)).toHaveLength(50);
  });
});

describe('the field at the cursor', () => {
  const text = '{ "tenant": { "spec": { "a": 1 } }, "userPermissions": [{}, { "euid": "x" }] }';

  it.each([
    ['"a"', 'tenant.spec.a'],
    ['"x"', 'userPermissions[1].euid'],
  ])('at %s is %s', (place, field) => {
    expect(fieldAt(text, text.indexOf(place) + 1)).toBe(field);
  });

  it('is none before the first one', () => {
    expect(fieldAt(text, 0)).toBeNull();
  });
});

describe('a value on one line', () => {
  it.each([
    [undefined, '–'],
    ['text', 'text'],
    [['a', 1], '["a",1]'],
    [null, 'null'],
  ])('of %p is %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});
