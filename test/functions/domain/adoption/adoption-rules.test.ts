import {
  AdoptionAccountSchema,
  type AdoptionRecord,
  AdoptionRecordSchema,
  AdoptionWishSchema,
  isAtRest,
  newAdoption,
} from '../../../../functions/domain/adoption/adoption';
import {
  consentRefusal,
  expiryOfProposals,
  idInToken,
  proposalHash,
  tokenOf,
} from '../../../../functions/domain/adoption/adoption-token';
import { countEnrollment, ENROLLMENTS_PER_WEEK } from '../../../../functions/domain/adoption/enrollment-week';
import { adoptedTenantUuid, proposedState, rowOfTags } from '../../../../functions/domain/adoption/proposed-state';
import { parseDesiredState } from '../../../../functions/domain/desired-state/desired-state';
import { after, NOW } from '../../../fakes/vending';
import { says } from '../says';

const HOUR = 3600;

const begun = newAdoption({ id: 'a-1', requestedBy: 'jane', wishHash: 'wish', configurationHash: 'conf' }, NOW);
const proposed = {
  ...begun,
  phase: 'PROPOSED' as const,
  proposalsHash: 'hash',
  expiresAt: after(HOUR).toISOString(),
};
const consent = { token: 'a-1.hash', configurationHash: 'conf', wishHash: null };

describe('an adoption', () => {
  it('begins with nothing', () => {
    expect(AdoptionRecordSchema.parse(begun)).toEqual(begun);
    expect(begun).toMatchObject({
      phase: 'LISTING',
      part: 0,
      takenUntil: null,
      cursor: null,
      startedAt: NOW.toISOString(),
      faults: [],
      accounts: 0,
      judged: 0,
      refused: 0,
      adopted: 0,
      failed: 0,
      running: [],
      proposalsHash: null,
    });
  });

  it.each([
    ['LISTING', false],
    ['JUDGING', false],
    ['SUMMING', false],
    ['PROPOSED', true],
    ['REFUSED', true],
    ['VERIFYING', false],
    ['ADOPTING', false],
    ['STALE', true],
    ['ENDED', true],
  ] as const)('that is %s rests: %s', (phase, expected) => {
    expect(isAtRest({ ...begun, phase })).toBe(expected);
    expect(AdoptionRecordSchema.safeParse({ ...begun, phase }).success).toBe(true);
  });

  it('reads what senders leave out', () => {
    const nothing = {
      line: null,
      accountId: '',
      workspace: '',
      project: '',
      landingZone: '',
      contactEmail: null,
      tags: {},
    };
    const keys = { workspace: 'workspace', project: 'project', landingZone: 'landingZone' };
    expect(AdoptionWishSchema.parse({ mapping: [{}], tagKeys: {} })).toEqual({ mapping: [nothing], tagKeys: keys });
  });
});

type Consent = Parameters<typeof consentRefusal>[1];

describe('a consent', () => {
  it.each<[string, Partial<AdoptionRecord>, Partial<Consent>, string | null]>([
    ['may be given', {}, {}, null],
    ['may name the mapping', {}, { wishHash: 'wish' }, null],
    ['is for proposals that were made', { phase: 'REFUSED' }, {}, 'The mapping has faults, so nothing was'],
    ['is for complete proposals', { proposalsHash: null }, {}, 'The proposals are not complete yet. Ask for'],
    ['is for these proposals', {}, { token: 'a-1.other' }, 'The token is not that of these proposals. Ask for new'],
    ['is for this mapping', {}, { wishHash: 'other' }, 'The mapping is not the one that the proposals were'],
    ['may be given once more, later', { consentedAt: 'x', expiresAt: NOW.toISOString() }, {}, null],
    ['may be given once more, by another configuration', { consentedAt: 'x' }, { configurationHash: 'c' }, null],
    ['comes in time', { expiresAt: NOW.toISOString() }, {}, `The proposals have expired at ${NOW.toISOString()}. Ask`],
    ['comes in time that is known', { expiresAt: null }, {}, 'The proposals have expired. Ask for new'],
    [
      'is for this configuration',
      {},
      { configurationHash: 'c' },
      'The configuration was deployed again, with a change',
    ],
  ])('%s', (_, record, given, refusal) => {
    const found = consentRefusal({ ...proposed, ...record }, { ...consent, ...given }, NOW);
    expect(found).toEqual(refusal === null ? null : says(refusal));
  });

  it('may take a day', () => {
    expect(expiryOfProposals(NOW)).toBe(after(24 * HOUR).toISOString());
    const expiresAt = after(1).toISOString();
    expect(consentRefusal({ ...proposed, expiresAt }, consent, NOW)).toBeNull();
  });

  it('names the proposals, once there are some', () => {
    expect(tokenOf(begun)).toBeNull();
    expect(tokenOf(proposed)).toBe('a-1.hash');
    expect(idInToken('a-1.hash')).toBe('a-1');
    expect(idInToken('whatever')).toBe('whatever');
    expect(idInToken('')).toBe('');
  });

  it('is to all of what is done with an account', () => {
    const account = AdoptionAccountSchema.parse({
      accountId: '1',
      name: 'n',
      email: 'e',
      place: { state: null, unitsAbove: [] },
      row: null,
      tagsHash: null,
      tenantUuid: 't',
      desiredState: {},
      changes: [],
      changesLeftOut: 0,
      refusal: null,
      names: [],
      enrolls: false,
      enrollmentCountedAt: null,
      state: 'PROPOSED',
      reason: null,
    });
    const refusal = { state: 's', message: 'm', remedy: null };
    const changes = [
      { accountId: '2' },
      { place: { state: 'ACTIVE', unitsAbove: [] } },
      { tagsHash: 'h' },
      { tenantUuid: 'u' },
      { desiredState: { a: 1 } },
      { changes: null },
      { changesLeftOut: 1 },
      { refusal },
    ];
    const hashes = changes.map((change) => proposalHash({ ...account, ...change }));
    expect(new Set([proposalHash(account), ...hashes]).size).toBe(1 + changes.length);
    expect(proposalHash({ ...account, state: 'ADOPTED', reason: 'r', name: 'other' })).toBe(proposalHash(account));
  });
});

describe('enrollments of a week', () => {
  const at = (hours: number): Date => after(hours * HOUR, new Date('2026-11-24T10:20:00.000Z'));
  const counted = (week: Parameters<typeof countEnrollment>[0], now: Date, limit: number) => {
    const result = countEnrollment(week, now, limit);
    if (!('week' in result)) throw new Error(result.waitsUntil.toISOString());
    return result.week;
  };

  it('are counted by the hour', () => {
    const first = counted(undefined, at(0), 10);
    expect(first).toEqual({ hours: [{ hour: '2026-11-24T10', enrollments: 1 }] });
    const second = counted(first, at(0.5), 10);
    expect(second).toEqual({ hours: [{ hour: '2026-11-24T10', enrollments: 2 }] });
    expect(counted(second, at(1), 10)).toEqual({
      hours: [
        { hour: '2026-11-24T10', enrollments: 2 },
        { hour: '2026-11-24T11', enrollments: 1 },
      ],
    });
  });

  it('have room until the limit, and again when the first hour is over by a week', () => {
    const two = counted(counted(undefined, at(0), 3), at(1), 3);
    const three = counted(two, at(2), 3);
    expect(countEnrollment(three, at(3), 3)).toEqual({ waitsUntil: new Date('2026-12-01T11:00:00.000Z') });
    expect(countEnrollment(three, new Date('2026-12-01T10:59:59.999Z'), 3)).toHaveProperty('waitsUntil');
    expect(counted(three, new Date('2026-12-01T11:00:00.000Z'), 3).hours.map(({ hour }) => hour)).toEqual([
      '2026-11-24T11',
      '2026-11-24T12',
      '2026-12-01T11',
    ]);
  });

  it('are at most as many as Control Tower takes', () => {
    expect(ENROLLMENTS_PER_WEEK).toBe(1000);
  });
});

describe('the desired state of an adopted account', () => {
  const account = {
    accountId: '044444444444',
    email: 'owner@corp.example',
    tenantUuid: adoptedTenantUuid('044444444444'),
  };
  const row = {
    line: null,
    accountId: account.accountId,
    workspace: 'retail',
    project: 'webshop',
    landingZone: 'aws-dev',
    contactEmail: null,
    tags: { stage: 'dev' },
  };

  it('is one that is understood, of the account alone', () => {
    const parsed = parseDesiredState(proposedState(account, row, { startedAt: NOW.toISOString() }));
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        replicationSequence: NOW.getTime(),
        trigger: 'ADOPTION',
        tenantPlatformNumber: 44_444_444_444,
        tenant: {
          metadata: { uuid: account.tenantUuid, ownedByWorkspace: 'retail', ownedByProject: 'webshop' },
          spec: { landingZoneRef: { name: 'aws-dev' }, platformTenantId: account.accountId },
          status: {
            tenantName: 'retail.webshop',
            platformTypeIdentifier: 'AWS',
            tags: {},
            lifecycle: { state: 'ACTIVE' },
          },
        },
        workspace: { metadata: { name: 'retail', tags: {} }, spec: { displayName: 'retail' } },
        project: {
          metadata: { name: 'webshop', ownedByWorkspace: 'retail' },
          spec: { displayName: 'webshop', tags: { stage: ['dev'] } },
        },
        projectCreatorEmail: 'owner@corp.example',
      },
    });
    expect(parsed).not.toHaveProperty('value.userPermissions');
  });

  it('names who is to be asked, where the mapping does', () => {
    const named = { ...row, contactEmail: 'jane@corp.example' };
    const state = proposedState(account, named, { startedAt: NOW.toISOString() });
    expect(state).toMatchObject({ projectCreatorEmail: 'jane@corp.example' });
  });

  it('has a uuid of version 8 that is always the same, and another for another account', () => {
    const uuids = Array.from({ length: 64 }, (_, index) => adoptedTenantUuid(String(index).padStart(12, '0')));
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(uuids).size).toBe(64);
    expect(new Set(uuids.map((uuid) => uuid[19]))).toEqual(new Set('89ab'));
    // Accounts were adopted under it: it may never become another one.
    expect(adoptedTenantUuid('444444444444')).toBe('63b9879c-fa3e-8962-ae62-1e9c50c10c5f');
  });

  it.each([
    [{ workspace: 'retail', project: 'webshop', landingZone: 'aws-dev', more: 'x' }, true],
    [{ project: 'webshop', landingZone: 'aws-dev' }, false],
    [{ workspace: 'retail', landingZone: 'aws-dev' }, false],
    [{ workspace: 'retail', project: 'webshop' }, false],
    [{ workspace: '', project: 'webshop', landingZone: 'aws-dev' }, false],
    [{ workspace: 'retail', project: '', landingZone: 'aws-dev' }, false],
    [{ workspace: 'retail', project: 'webshop', landingZone: '' }, false],
  ])('is made of the tags %o: %s', (tags, expected) => {
    const keys = { workspace: 'workspace', project: 'project', landingZone: 'landingZone' };
    const { contactEmail, line } = row;
    const wanted = {
      line,
      accountId: '1',
      workspace: 'retail',
      project: 'webshop',
      landingZone: 'aws-dev',
      contactEmail,
      tags: {},
    };
    expect(rowOfTags('1', tags, keys)).toEqual(expected ? wanted : undefined);
  });

  it('is made of tags by other keys, where they are named', () => {
    const keys = { workspace: 'team', project: 'app', landingZone: 'zone' };
    const found = rowOfTags('1', { team: 'retail', app: 'webshop', zone: 'aws-dev' }, keys);
    expect(found).toMatchObject({ workspace: 'retail', project: 'webshop', landingZone: 'aws-dev' });
  });
});
