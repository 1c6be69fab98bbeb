import {
  AdoptionAccountSchema,
  AdoptionRecordSchema,
  AdoptionWishSchema,
  newAdoption,
} from '../../../../functions/domain/adoption/adoption';
import { EnrollmentWeekSchema } from '../../../../functions/domain/adoption/enrollment-week';
import { NOW } from '../../../fakes/vending';
import { at, previewed, refusal, under, type Kind, recordRules } from '../records/record-kind';

const row = {
  line: 1,
  accountId: 'a',
  workspace: 'w',
  project: 'p',
  landingZone: 'z',
  contactEmail: 'c',
  tags: { a: 'b' },
};

const ROW_DEFAULTS = {
  line: null,
  accountId: '',
  workspace: '',
  project: '',
  landingZone: '',
  contactEmail: null,
  tags: {},
};

const KINDS: Readonly<Record<string, Kind>> = {
  adoption: {
    schema: AdoptionRecordSchema,
    whole: {
      ...newAdoption({ id: 'i', requestedBy: 'j', wishHash: 'w', configurationHash: 'c' }, NOW),
      takenUntil: at,
      cursor: 'c',
      faults: [{ field: 'f', message: 'm' }],
      proposalsHash: 'h',
      expiresAt: at,
      consentedAt: at,
      consentedBy: 'j',
      running: ['a'],
      waitsUntil: at,
      staleBecause: 's',
      endedAt: at,
    },
    words: {
      phase: ['LISTING', 'JUDGING', 'SUMMING', 'PROPOSED', 'REFUSED', 'VERIFYING', 'ADOPTING', 'STALE', 'ENDED'],
    },
  },
  'account of an adoption': {
    schema: AdoptionAccountSchema,
    whole: {
      accountId: 'a',
      name: 'n',
      email: 'e',
      place: { state: 's', unitsAbove: ['u'] },
      row,
      tagsHash: 'h',
      tenantUuid: 't',
      desiredState: { a: 1 },
      changes: [previewed],
      changesLeftOut: 0,
      refusal,
      names: ['n'],
      enrolls: true,
      enrollmentCountedAt: at,
      state: 'LISTED',
      reason: 'r',
    },
    absent: under('row', ROW_DEFAULTS),
    words: { state: ['LISTED', 'PROPOSED', 'RUNNING', 'ADOPTED', 'FAILED', 'LEFT_OUT'] },
    free: ['desiredState', 'desiredState.a'],
  },
  'wish of an adoption': {
    schema: AdoptionWishSchema,
    whole: { mapping: [row], tagKeys: { workspace: 'w', project: 'p', landingZone: 'l' } },
    absent: {
      ...under('mapping.0', ROW_DEFAULTS),
      ...under('tagKeys', { workspace: 'workspace', project: 'project', landingZone: 'landingZone' }),
    },
  },
  'week of enrollments': { schema: EnrollmentWeekSchema, whole: { hours: [{ hour: 'h', enrollments: 1 }] } },
};

for (const [name, kind] of Object.entries(KINDS)) recordRules(name, kind);
