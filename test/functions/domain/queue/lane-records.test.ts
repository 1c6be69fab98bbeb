import {
  LaneRecordSchema,
  LineRecordSchema,
  WaiterRecordSchema,
} from '../../../../functions/domain/queue/lane-records';
import { CallRateRecordSchema } from '../../../../functions/domain/queue/rate-limiter';
import { at, key, type Kind, recordRules } from '../records/record-kind';

const KINDS: Readonly<Record<string, Kind>> = {
  lane: {
    schema: LaneRecordSchema,
    whole: {
      slots: [{ slot: 0, tenantUuid: 't', run: key, since: at, lookAt: at }],
      rate: { fullAt: at, lastAt: at },
      unlimited: true,
      closingShare: { days: [{ day: 'd', closings: 1 }], allowance: { closings: 1, countedAt: at } },
    },
    absent: { unlimited: false, closingShare: undefined },
  },
  waiter: {
    schema: WaiterRecordSchema,
    whole: { tenantUuid: 't', run: key, token: 't', since: at, grantedAt: at, inLine: true },
    absent: { inLine: undefined },
  },
  line: { schema: LineRecordSchema, whole: { groups: [['place', 1]] }, free: ['groups.0.0', 'groups.0.1'] },
  'rate of calls': { schema: CallRateRecordSchema, whole: { fullAt: at } },
};

for (const [name, kind] of Object.entries(KINDS)) recordRules(name, kind);
