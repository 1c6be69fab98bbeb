import fc from 'fast-check';
import { parseDesiredState, readableKey } from '../../../../functions/domain/desired-state/desired-state';
import { changed, desiredState, desiredStateJson, type Change } from '../examples';

const faultsFor = (...changes: readonly Change[]): readonly object[] => {
  const parsed = parseDesiredState(changed(desiredStateJson, ...changes));
  return parsed.ok ? [] : parsed.faults;
};

describe('parseDesiredState', () => {
  it('reads the example of the contract as it is', () => {
    expect(parseDesiredState(desiredStateJson)).toEqual({ ok: true, value: desiredStateJson });
  });

  it.each([
    'trigger',
    'meshProjectId',
    'paymentMethod',
    'userPermissions',
    'tenant.status.tags',
    'workspace.metadata.tags',
    'project.spec.tags',
    'project.spec.paymentMethodIdentifier',
    'paymentMethod.spec.tags',
    'tenant.spec.platformTenantId',
  ])('does without %s', (path) => {
    expect(faultsFor([path, undefined])).toEqual([]);
  });

  it.each(['trigger', 'meshProjectId', 'paymentMethod', 'tenant.spec.platformTenantId', 'userPermissions.0.euid'])(
    'takes null for an absent %s',
    (path) => {
      expect(faultsFor([path, null])).toEqual([]);
    },
  );

  it('ignores unknown fields', () => {
    expect(desiredState(['landingZone', { spec: 1 }], ['tenant.spec.quotas', []])).toEqual(desiredState());
  });

  it('spells the uuid in lower case, so that a tenant has one key', () => {
    const { tenant } = desiredState(['tenant.metadata.uuid', '7D0C1B1E-0000-4000-8000-00000000000A']);

    expect(tenant.metadata.uuid).toBe('7d0c1b1e-0000-4000-8000-00000000000a');
  });

  it.each<readonly [path: string, value: unknown, field: string, message: string]>([
    ['replicationSequence', '17', 'replicationSequence', "must be a number, but is '17'."],
    ['replicationSequence', 1.5, 'replicationSequence', 'must be a whole number, but is 1.5.'],
    ['replicationSequence', -1, 'replicationSequence', 'must not be negative, but is -1.'],
    [
      'replicationSequence',
      2 ** 60,
      'replicationSequence',
      'must be at most 9007199254740991, but is 1152921504606847000.',
    ],
    ['tenant.metadata.uuid', 'x', 'tenant.metadata.uuid', "must be a uuid, but is 'x'."],
    ['tenant.metadata.ownedByProject', '', 'tenant.metadata.ownedByProject', "must not be empty, but is ''."],
    ['tenant.kind', 'meshProject', 'tenant.kind', "must be 'meshTenant', but is 'meshProject'."],
    [
      'tenant.status.platformTypeIdentifier',
      'Azure',
      'tenant.status.platformTypeIdentifier',
      "must be 'AWS', but is 'Azure'.",
    ],
    [
      'tenant.status.lifecycle.state',
      'GONE',
      'tenant.status.lifecycle.state',
      "must be 'ACTIVE' or 'MARKED_FOR_DELETION' or 'DELETED', but is 'GONE'.",
    ],
    ['project.spec.tags.environment', 'dev', 'project.spec.tags.environment', "must be a list, but is 'dev'."],
    ['project.spec.tags.environment.0', 7, 'project.spec.tags.environment[0]', 'must be a string, but is 7.'],
    ['userPermissions.0.roles', 'admin', 'userPermissions[0].roles', "must be a list, but is 'admin'."],
    ['userPermissions', null, 'userPermissions', 'must be a list, but is null.'],
    ['meshProjectId', '1003', 'meshProjectId', "must be a number, but is '1003'."],
    ['tenantPlatformNumber', undefined, 'tenantPlatformNumber', 'is missing. Add it: it must be a number.'],
    ['tenant', undefined, 'tenant', 'is missing. Add it: it must be an object.'],
    ['projectCreatorEmail', undefined, 'projectCreatorEmail', 'is missing. Add it: it must be a string.'],
    ['tenant.kind', undefined, 'tenant.kind', "is missing. Add it: it must be 'meshTenant'."],
  ])('says with %s = %j what is wrong there', (path, value, field, message) => {
    expect(faultsFor([path, value])).toEqual([expect.objectContaining({ field, message })]);
  });

  it('names value and limit beside the message', () => {
    expect(faultsFor(['tenantPlatformNumber', -3])).toEqual([
      { field: 'tenantPlatformNumber', message: 'must not be negative, but is -3.', value: -3, limit: 0 },
    ]);
  });

  it('finds all faults at once', () => {
    const faults = faultsFor(
      ['replicationSequence', undefined],
      ['tenant.metadata.uuid', 7],
      ['project.spec.tags', []],
      ['userPermissions.0.roles', undefined],
    );

    expect(faults.map((fault) => 'field' in fault && fault.field)).toEqual([
      'replicationSequence',
      'tenant.metadata.uuid',
      'project.spec.tags',
      'userPermissions[0].roles',
    ]);
  });

  it.each([null, 'text', 3, [], undefined])('refuses %j, which is no object', (input) => {
    expect(parseDesiredState(input)).toMatchObject({ ok: false, faults: [{ field: 'desiredState' }] });
  });

  it('takes 256 KB and not a byte more', () => {
    const withFiller = (length: number): unknown => changed(desiredStateJson, ['filler', 'x'.repeat(length)]);
    const room = 262_144 - JSON.stringify(withFiller(0)).length;

    expect(parseDesiredState(withFiller(room))).toMatchObject({ ok: true });
    expect(parseDesiredState(withFiller(room + 1))).toEqual({
      ok: false,
      faults: [
        {
          field: 'desiredState',
          message: expect.stringContaining('has 262145 bytes; at most 262144 (256 KB)') as string,
          value: 262_145,
          limit: 262_144,
        },
      ],
    });
  });

  it('echoes a value that is long or full of control characters on one short line', () => {
    const [fault] = faultsFor(['tenant.kind', `\u001B[2J\n${'x'.repeat(10_000)}`]) as { readonly message: string }[];

    expect(fault?.message).not.toMatch(/\p{Cc}/u);
    expect(fault?.message.length).toBeLessThan(250);
  });

  it('never throws, whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(parseDesiredState(input).ok).toBe(false);
      }),
    );
  });
});

describe('readableKey', () => {
  it('finds the key in a desired state that is otherwise faulty', () => {
    const faulty = changed(
      desiredStateJson,
      ['project', 7],
      ['tenant.metadata.uuid', '7D0C1B1E-0000-4000-8000-000000000001'],
    );

    expect(readableKey(faulty)).toEqual({
      tenantUuid: '7d0c1b1e-0000-4000-8000-000000000001',
      replicationSequence: 17,
    });
  });

  it.each<Change>([
    ['tenant.metadata.uuid', 'x'],
    ['tenant', undefined],
    ['replicationSequence', undefined],
    ['replicationSequence', '17'],
    ['replicationSequence', -1],
  ])('is null with %s = %j', (path, value) => {
    expect(readableKey(changed(desiredStateJson, [path, value]))).toBeNull();
  });

  it('is null for what is no object', () => {
    expect(readableKey('text')).toBeNull();
  });
});
