import type { DesiredState } from '../../../functions/domain/desired-state/desired-state';
import type { MeshStackConfiguration } from '../../../functions/domain/configuration/mesh-stack-configuration';
import type { SourceRecord } from '../../../functions/meshstack/domain/source-records';
import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import { readSource } from '../../../functions/ledger/meshstack/mesh-stack-source';
import { compose as composePoll } from '../../../functions/meshstack/poll/handler';
import type { PollStatus } from '../../../functions/meshstack/poll/poll-mesh-stack';
import { compose as composeReport } from '../../../functions/meshstack/report/handler';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import type { Log } from '../../../functions/ports/log';
import type { Runtime } from '../../../functions/runtime/environment';
import type { Reported } from '../../../functions/meshstack/report/report-outcome';
import { MeshStackModel } from '../../../sandbox/runtime/meshstack/mesh-stack-model';
import { MeshStackServer, type TenantVersion } from '../../../sandbox/runtime/meshstack/mesh-stack-server';
import { configuration } from '../domain/examples';
import { RecordingWatch } from '../../fakes/recording-edges';

export const PLATFORM = 'aws.eu';
const RUNNER = '0a0c1b1e-0000-4000-8000-00000000000a';
const KEY = { clientId: 'key-1', clientSecret: 'secret-1' };

/** The process is gone: nothing that it does from then on has an effect. */
export class KilledError extends Error {}

/**
 * A small meshStack, and the poller over memory: everything that it does to anything beyond itself can be counted, and
 * it can be killed there.
 */
export class MeshWorld {
  at = Date.parse('2026-11-02T08:00:00Z');
  /** How far meshStack's clock is ahead of ours, in milliseconds. */
  skew = 0;
  readonly model = new MeshStackModel(PLATFORM, () => new Date(this.at + this.skew));
  readonly server: MeshStackServer;
  readonly published: DesiredState[] = [];
  readonly figures: Readonly<Record<string, number>>[] = [];
  readonly said: { readonly level: string; readonly sentence: string; readonly keys: object }[] = [];
  readonly waits: number[] = [];
  /** What requests say of redirects. */
  readonly redirects = new Set<Request['redirect']>();
  readonly store = memoryLedgerStore();
  secret = JSON.stringify(KEY);
  /** What happens while somebody waits. */
  onWait: () => Promise<void> = () => Promise.resolve();
  /** The number of the effect at which the process is killed; effects are counted from 1 for each process. */
  killAt = Infinity;
  effects = 0;
  #ids = 0;
  readonly #configuration: MeshStackConfiguration;
  #poll: ReturnType<typeof composePoll>;

  constructor(changes: Partial<MeshStackConfiguration> = {}, tenants: TenantVersion = 'v4') {
    this.server = new MeshStackServer({ model: this.model, key: KEY, now: () => new Date(this.at), tenants });
    this.#configuration = {
      endpoint: 'https://meshstack.example',
      platformIdentifier: PLATFORM,
      platformUuid: '5b0c1b1e-0000-4000-8000-000000000002',
      platformTypeIdentifier: 'AWS',
      deletionsNeedApproval: true,
      contactEmail: 'platform@corp.example',
      projectRoles: { 'Project Admin': 'admin', 'Project User': 'user', 'Project Reader': 'reader' },
      firstTenantPlatformNumber: 1,
      pollMinutes: 5,
      buildingBlockRunnerUuid: RUNNER,
      ...changes,
    };
    this.#poll = this.#composed();
  }

  /** A new process: nothing is remembered but what is written down. */
  restart(): void {
    this.effects = 0;
    this.killAt = Infinity;
    this.#poll = this.#composed();
  }

  pass(seconds: number): void {
    this.at += seconds * 1000;
  }

  async poll(): Promise<PollStatus> {
    const { status } = await this.#poll({});
    this.#expectAsDescribed();
    return status;
  }

  async report(tenantUuid: string, replicationSequence = 0): Promise<Reported> {
    const report = composeReport(this.#host(), { ...this.#edges(), configuration: this.#platform() });
    const { status } = await report({ detail: { tenantUuid, replicationSequence, run: 1 } });
    this.#expectAsDescribed();
    return status;
  }

  /** Every request and every answer was as meshStack's description has it. */
  #expectAsDescribed(): void {
    if (this.server.violations.length > 0) throw new Error(this.server.violations.join('\n'));
  }

  source(): Promise<SourceRecord> {
    return readSource(this.store, PLATFORM);
  }

  callsTo(part: string): number {
    return this.server.calls.filter((call) => call.includes(part)).length;
  }

  saidAt(level: string): readonly string[] {
    return this.said.filter((one) => one.level === level).map(({ sentence }) => sentence);
  }

  #composed(): ReturnType<typeof composePoll> {
    return composePoll(this.#host(), {
      ...this.#edges(),
      configuration: this.#platform(),
      publisher: {
        publish: (desiredState) => this.#effect(() => Promise.resolve(void this.published.push(desiredState))),
      },
    });
  }

  #platform(): ReturnType<typeof configuration> {
    const whole = configuration();
    return { ...whole, platform: { ...whole.platform, meshStack: this.#configuration } };
  }

  #edges() {
    return {
      apiKey: () => Promise.resolve(this.secret),
      newId: () => `poll-${(this.#ids += 1)}`,
      send: (request: Request) => {
        this.redirects.add(request.redirect);
        return this.#effect(() => this.server.respond(request));
      },
    };
  }

  #host(): Runtime {
    return {
      environment: () => 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:meshstack',
      now: () => new Date((this.at += 1)),
      wait: (milliseconds) => {
        this.waits.push(milliseconds);
        this.at += milliseconds;
        return this.onWait();
      },
      log: this.#log(),
      metrics: {
        record: (measurements) => {
          this.figures.push(Object.fromEntries(measurements.map(({ name, value }) => [name, value])));
        },
      },
      ledger: this.#ledger(),
      secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
      watch: new RecordingWatch(),
      aws: {},
    };
  }

  #log(): Log {
    const say = (level: string) => (sentence: string, keys: object) => void this.said.push({ level, sentence, keys });
    return { info: say('info'), warn: say('warn'), error: say('error') };
  }

  #ledger(): LedgerStore {
    return {
      read: (keys) => this.store.read(keys),
      readPartition: (query) => this.store.readPartition(query),
      list: (query) => this.store.list(query),
      commit: (writes) => this.#effect(() => this.store.commit(writes)),
    };
  }

  /** Can be killed before the effect, and after it, before anybody learns of it. */
  async #effect<Value>(act: () => Promise<Value>): Promise<Value> {
    this.#live();
    const value = await act();
    this.#live();
    return value;
  }

  #live(): void {
    this.effects += 1;
    if (this.effects >= this.killAt) throw new KilledError();
  }
}

/** Two workspaces with a project and a tenant each, and people in them by bindings of their own and by a group. */
export function twoTenants(world: MeshWorld): { readonly shop: string; readonly lab: string } {
  const { model } = world;
  for (const user of ['jane', 'omar', 'mei']) model.addUser(user);
  model.addWorkspace('retail', { businessUnit: ['Retail'] });
  model.addWorkspace('fraud', {});
  model.addPaymentMethod('retail', 'retail-2026', { costCenter: ['4712'] });
  model.addProject('retail', 'webshop-dev', 'retail-2026', { environment: ['dev'] });
  model.addProject('fraud', 'lab', null, {});
  model.addUserRole('retail', 'webshop-dev', 'jane', 'Project Admin');
  model.addGroupRole('retail', 'webshop-dev', 'developers', 'Project User', ['omar', 'jane']);
  model.addUserRole('fraud', 'lab', 'mei', 'Project Reader');
  return {
    shop: model.orderTenant('retail', 'webshop-dev', 'aws-dev'),
    lab: model.orderTenant('fraud', 'lab', 'aws-dev'),
  };
}
