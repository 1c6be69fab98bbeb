import {
  type AdoptionAccount,
  type AdoptionRecord,
  type AdoptionWish,
  type MappingRow,
  newAdoption,
} from '../../../functions/domain/adoption/adoption';
import { adoptedTenantUuid } from '../../../functions/domain/adoption/proposed-state';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { Preview } from '../../../functions/domain/run/preview';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { AdoptPorts } from '../../../functions/adopt/adopt-accounts';
import type { VerifyPorts } from '../../../functions/adopt/verify-accounts';
import { startAdoption } from '../../../functions/ledger/adoption/adoptions';
import { readNamedAccounts } from '../../../functions/ledger/adoption/adoption-accounts';
import type { SharedAccount } from '../../../functions/ports/control-tower';
import type { PlacedAccount } from '../../../functions/ports/organizations';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeOwnAccount } from '../../fakes/fake-own-account';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingLog, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { after, NOW } from '../../fakes/vending';
import { type Change, configuration } from '../domain/examples';

export const ID = '0b9d7c1e-0000-4000-8000-00000000000a';
export const UNIT = 'ou-ab12-import01';
export const TAG = { key: 'vend', value: 'yes' };
export const TAG_KEYS = {
  workspace: 'workspace',
  project: 'project',
  landingZone: 'landingZone',
};

export const adoption = (changes: Partial<AdoptionRecord> = {}): AdoptionRecord => ({
  ...newAdoption(
    {
      id: ID,
      requestedBy: 'arn:jane',
      wishHash: 'wish',
      configurationHash: 'conf',
    },
    NOW,
  ),
  ...changes,
});

export const idOf = (number: number): string => String(100_000_000_000 + number);

/** An account of the organization, in a unit from which imports are allowed. */
export const placed = (number: number, changes: Partial<PlacedAccount> = {}): PlacedAccount => ({
  id: idOf(number),
  arn: `arn:aws:organizations::222222222222:account/o-exampleorg1/${idOf(number)}`,
  name: `account ${number}`,
  email: `aws+${number}@corp.example`,
  state: 'ACTIVE',
  unitsAbove: [UNIT, 'r-ab12'],
  ...(changes as object),
});

/** The line of a mapping about it. */
export const row = (number: number, changes: Partial<MappingRow> = {}): MappingRow => ({
  line: number,
  accountId: idOf(number),
  workspace: 'retail',
  project: `shop-${number}`,
  landingZone: 'aws-dev',
  contactEmail: null,
  tags: {},
  ...changes,
});

/** What an adoption knows of it, before anybody has judged it. */
export const account = (number: number, changes: Partial<AdoptionAccount> = {}): AdoptionAccount => ({
  accountId: idOf(number),
  name: `account ${number}`,
  email: `aws+${number}@corp.example`,
  place: { state: 'ACTIVE', unitsAbove: [UNIT, 'r-ab12'] },
  row: row(number),
  tagsHash: null,
  tenantUuid: adoptedTenantUuid(idOf(number)),
  desiredState: null,
  changes: null,
  changesLeftOut: 0,
  refusal: null,
  names: [],
  enrolls: false,
  enrollmentCountedAt: null,
  state: 'LISTED',
  reason: null,
  ...changes,
});

/** What stands around an adoption. */
export class AdoptionWorld {
  readonly ledger = new RecordingLedgerStore();
  readonly workflow = new RecordingWorkflow();
  readonly log = new RecordingLog();
  readonly controlTower = new FakeControlTower();
  readonly ownAccount = new FakeOwnAccount();
  readonly sent: { readonly part: object; readonly delaySeconds: number }[] = [];
  readonly waits: number[] = [];
  readonly placed: PlacedAccount[] = [];
  delegated: readonly string[] = [];
  /** By account. */
  readonly tags = new Map<string, Readonly<Record<string, string>>>();
  configuration: Configuration = this.configured(['platform.import', { organizationalUnits: [UNIT] }]);
  preview: (plan: VendingPlan) => Promise<Preview> = () => Promise.resolve({ changes: [], refusal: null });
  enrollmentsPerWeek = 1000;
  seconds = 0;

  set shared(accounts: readonly SharedAccount[]) {
    this.controlTower.sharedAccounts = accounts;
  }

  configured(...changes: readonly Change[]): Configuration {
    this.configuration = configuration(...changes);
    return this.configuration;
  }

  get ports(): AdoptPorts & VerifyPorts {
    return {
      ledger: this.ledger,
      workflow: this.workflow,
      log: this.log,
      configuration: this.configuration,
      controlTower: this.controlTower,
      ownAccount: this.ownAccount,
      watch: new RecordingWatch(),
      turns: new FakeTaskTokens(),
      enrollmentsPerWeek: this.enrollmentsPerWeek,
      now: () => after(this.seconds),
      wait: (milliseconds) => {
        this.waits.push(milliseconds);
        return Promise.resolve();
      },
      inventory: {
        accounts: () => Promise.resolve(this.placed),
        delegatedAdministrators: () => Promise.resolve(this.delegated),
      },
      tags: {
        list: (accountId) => Promise.resolve(this.tags.get(accountId) ?? {}),
      },
      previews: { preview: (plan) => this.preview(plan) },
      adoptions: {
        send: (part, delaySeconds) => {
          this.sent.push({ part, delaySeconds });
          return Promise.resolve();
        },
      },
    };
  }

  start(record: AdoptionRecord, wish: Partial<AdoptionWish> = {}): Promise<void> {
    return startAdoption(this.ledger, record, { mapping: null, tagKeys: TAG_KEYS, ...wish }, NOW);
  }

  async accounts(...numbers: readonly number[]): Promise<readonly AdoptionAccount[]> {
    return readNamedAccounts(this.ledger, ID, numbers.map(idOf));
  }
}
