import { readVending } from '../../../functions/ledger/runs/read-vending';
import { TransientError } from '../../../functions/domain/base/errors';
import { TENANT } from '../../fakes/vending';
import { type Change, desiredStateJson } from '../domain/examples';
import { tenantIn } from '../ledger/ledger-calls';
import { eventAround, eventOf, intakeWorld, takeMessages } from './intake-world';

const DEEP = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;

const withUnknown = (value: string): string =>
  eventAround(`{"unknown":${value},${JSON.stringify(desiredStateJson).slice(1)}`);

const people = (euidLength: number): readonly object[] =>
  Array.from({ length: 1300 }, (_, index) => ({
    meshIdentifier: `u-${index}`,
    username: `u-${index}`,
    euid: `${index}`.padEnd(euidLength, 'x'),
    roles: ['admin', 'user', 'reader'],
  }));

describe('an event with hostile content', () => {
  it.each([
    { what: 'an unknown field that is 5,000 levels deep', event: withUnknown(DEEP), field: 'detail' },
    {
      what: '60,000 people without anything',
      event: eventOf(['userPermissions', Array.from({ length: 60_000 }, () => ({}))]),
      field: 'userPermissions',
    },
    {
      what: '10,000 faulty tags',
      event: eventOf(['project.spec.tags', Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`t${n}`, 1]))]),
      field: 'project.spec.tags.t0',
    },
    { what: 'a key that is there twice', event: withUnknown('1,"trigger":"x"'), field: 'trigger' },
    { what: 'half a character', event: withUnknown('"\\ud800"'), field: 'unknown' },
    {
      what: 'a sequence at the end of all numbers',
      event: eventOf(['replicationSequence', 9007199254740991]),
      field: 'replicationSequence',
    },
    {
      what: 'an address of two lines',
      event: eventOf(['projectCreatorEmail', 'a@corp.example\r\nBcc: b@x']),
      field: 'projectCreatorEmail',
    },
    {
      what: 'a name that turns the text around',
      event: eventOf(['userPermissions', [{ ...desiredStateJson.userPermissions[0], lastName: 'eoD\u202e' }]]),
      field: 'userPermissions[0].lastName',
    },
    {
      what: 'a tag with a name of 100,000 characters, and thousands of values that are none',
      event: eventOf(['project.spec.tags', { ['k'.repeat(100_000)]: Array.from({ length: 40_000 }, () => 1) }]),
      field: `project.spec.tags.${'k'.repeat(182)}…`,
    },
  ])('is recorded as refused where it has $what', async ({ event, field }) => {
    const world = intakeWorld();
    expect(await takeMessages(world, event)).toEqual([]);
    expect(world.deadLetters.letters).toEqual([]);
    expect(world.workflow.calls).toEqual([]);
    const { rejection } = await tenantIn(world.ledger);
    expect(rejection?.faults[0]).toMatchObject({ field });
    expect(rejection?.faults.length).toBeLessThanOrEqual(101);
  });

  it('is recorded with its first hundred faults, and how many more there are', async () => {
    const world = intakeWorld();
    await takeMessages(
      world,
      eventOf(['project.spec.tags', Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`t${n}`, 1]))]),
    );
    const { rejection } = await tenantIn(world.ledger);
    expect(rejection?.faults).toHaveLength(101);
    expect(rejection?.faults[100]).toMatchObject({ field: 'desiredState', value: 9900, limit: 100 });
    expect(rejection?.faults[100]?.message).toContain('9900 more faults');
  });

  it('is a dead letter with its reason where it names no tenant', async () => {
    const world = intakeWorld();
    await takeMessages(world, eventAround(DEEP), eventAround('{"a":1,"a":2}'));
    expect(world.deadLetters.letters).toMatchObject([
      { field: 'detail', reason: expect.stringContaining('64 levels') as string },
      { field: 'a', reason: expect.stringContaining('twice') as string },
    ]);
  });

  describe('of 1,300 people with three roles each', () => {
    const roles = ['admin', 'user', 'reader'].map((name) => ({
      projectRoleRef: { name },
      awsRole: name,
      permissionSetArns: ['arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef'],
    }));
    const changes: readonly Change[] = [['platform.awsIdentityStore.awsRoleMappings', roles]];

    it('is taken where the plan can be kept', async () => {
      const world = { ...intakeWorld(), changes };
      await takeMessages(world, eventOf(['userPermissions', people(40)]));
      expect(await tenantIn(world.ledger)).toMatchObject({ latestSequence: 17, rejection: null });
    });

    it('is refused with bytes and limit where their names are so long that it cannot', async () => {
      const world = { ...intakeWorld(), changes };
      await takeMessages(world, eventOf(['userPermissions', people(100)]));
      const { rejection } = await tenantIn(world.ledger);
      expect(rejection?.faults).toEqual([
        {
          field: 'userPermissions',
          message: expect.stringContaining('350 KB') as string,
          value: expect.any(Number) as number,
          limit: 358_400,
        },
      ]);
      expect(world.workflow.calls).toEqual([]);
    });
  });

  it('is refused, and poisons nothing: the next good one counts, and nobody is told of the bad one any more', async () => {
    const world = intakeWorld();
    await takeMessages(world, eventOf(['replicationSequence', Number.MAX_SAFE_INTEGER]), eventOf());
    expect(await tenantIn(world.ledger)).toMatchObject({ latestSequence: 17, rejection: null });
  });

  it.each([
    ['replicationSequence', Number.MAX_SAFE_INTEGER, 'replicationSequence'],
    ['tenant.metadata.ownedByWorkspace', '\u202e<script>\n', 'tenant.metadata.ownedByWorkspace'],
    ['tenant.spec.landingZoneRef.name', 'x\u0000', 'tenant.spec.landingZoneRef.name'],
  ])('closes no tenant that nobody knows: %s', async (path, value, field) => {
    const world = intakeWorld();
    await takeMessages(
      world,
      eventOf(['tenant.status.lifecycle.state', 'DELETED'], [path, value]),
      eventOf(['replicationSequence', 1]),
    );
    expect(await tenantIn(world.ledger)).toMatchObject({ latestSequence: 1, status: 'ACCEPTED' });
    expect(world.ledger.writes.some(({ data }) => JSON.stringify(data).includes(`"field":"${field}"`))).toBe(true);
  });

  it('is a dead letter with its faults where the refusal cannot be written', async () => {
    const world = intakeWorld();
    world.ledger.beforeNextCommit = () => Promise.reject(new Error('Item size has exceeded the maximum allowed size'));
    expect(await takeMessages(world, eventOf(['projectCreatorEmail', 17]))).toEqual([]);
    expect(world.deadLetters.letters).toMatchObject([{ field: 'projectCreatorEmail' }]);
    expect(world.log.entries.at(-1)).toMatchObject({
      sentence: 'A refusal cannot be written down; its event is in the dead-letter queue',
      cause: { message: expect.stringContaining('Item size') as string },
    });
  });

  it('comes again where AWS only has no time for the refusal', async () => {
    const world = intakeWorld();
    world.ledger.beforeNextCommit = () => Promise.reject(new TransientError('throttled'));
    expect(await takeMessages(world, eventOf(['projectCreatorEmail', 17]))).toEqual(['message-0']);
    expect(world.deadLetters.letters).toEqual([]);
  });

  it('goes to the dead letters with the reason at its last try, before the queue puts it there without', async () => {
    const world = intakeWorld();
    world.ledger.beforeNextCommit = () => Promise.reject(new Error('the table is gone'));
    expect(await takeMessages({ ...world, receives: 4 }, eventOf())).toEqual(['message-0']);
    world.ledger.beforeNextCommit = () => Promise.reject(new Error('the table is gone'));
    expect(await takeMessages({ ...world, receives: 5 }, eventOf())).toEqual([]);
    expect(world.deadLetters.letters).toMatchObject([{ body: eventOf(), field: 'detail' }]);
    expect(world.deadLetters.letters[0]?.reason).toMatch(/5 tries.*the table is gone/u);
    expect(world.log.entries.map(({ sentence, keys }) => ({ sentence, keys }))).toEqual([
      {
        sentence: 'A desired state could not be taken now; it will come again',
        keys: { messageId: 'message-0' },
      },
      {
        sentence: 'A desired state could not be taken; it is in the dead-letter queue',
        keys: { receives: 5 },
      },
    ]);
  });
});

describe('events that are older than the newest', () => {
  const late = (sequence: number): string => eventOf(['replicationSequence', sequence]);
  const outdated = ({ metrics }: ReturnType<typeof intakeWorld>): number =>
    metrics.measurements.filter(({ name }) => name === 'OutdatedEvents').length;

  it('warn from the fifth in a row on, each counted once', async () => {
    const world = intakeWorld();
    await takeMessages(world, late(100), late(1), late(2), late(2), late(3), late(3), late(4));
    expect(outdated(world)).toBe(0);
    await takeMessages(world, late(5));
    expect(outdated(world)).toBe(1);
    expect(world.log.entries.at(-1)).toMatchObject({
      level: 'warn',
      sentence: expect.stringContaining('none of them is carried out') as string,
      keys: { tenantUuid: TENANT, replicationSequence: 5, latestSequence: 100, streak: 5 },
    });
    await takeMessages(world, late(6));
    expect(outdated(world)).toBe(2);
  });

  it('begin a new row when a newer one has come', async () => {
    const world = intakeWorld();
    await takeMessages(world, late(100), late(1), late(2), late(3), late(4), late(101), late(5), late(6));
    expect(outdated(world)).toBe(0);
  });

  it('change nothing of their tenant', async () => {
    const world = intakeWorld();
    await takeMessages(world, late(100));
    const before = await readVending(world.ledger, TENANT);
    await takeMessages(world, ...[1, 2, 3, 4, 5, 6].map(late));
    expect(await readVending(world.ledger, TENANT)).toEqual(before);
  });
});
