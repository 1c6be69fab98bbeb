import { MeshStackSchema } from '../../functions/domain/configuration/mesh-stack-configuration';
import { compose as composePoll } from '../../functions/meshstack/poll/handler';
import { MeshStackModel } from '../../sandbox/runtime/meshstack/mesh-stack-model';
import { MeshStackServer, type TenantVersion } from '../../sandbox/runtime/meshstack/mesh-stack-server';
import { RecordingMetrics, RecordingWatch } from '../fakes/recording-edges';
import { MovedOrganization, NEEDED } from './moving-over';

const KEY = { clientId: 'key-1', clientSecret: 'secret-1' };

const ROLES = [
  ['jane', 'Project Admin'],
  ['omar', 'Project User'],
  ['mei', 'Project User'],
  ['mei', 'Project Reader'],
] as const;

/** The same organization, whose desired states the poller finds in meshStack, where they name their accounts. */
class PolledOrganization extends MovedOrganization {
  readonly model = new MeshStackModel('aws.eu', () => new Date());
  readonly server: MeshStackServer;
  readonly tenants: readonly string[];
  readonly #poll: () => Promise<unknown>;

  constructor(tenants: TenantVersion) {
    super();
    this.server = new MeshStackServer({ model: this.model, key: KEY, now: () => new Date(), tenants });
    this.tenants = this.#ordered();
    this.#poll = this.#poller();
  }

  #ordered(): readonly string[] {
    for (const user of ['jane', 'omar', 'mei']) this.model.addUser(user);
    this.model.addWorkspace('retail', { costCenter: ['4711'] });
    return [['webshop-dev', 'aws-dev'] as const, ['second', 'aws-prod'] as const].map(([project, landingZone]) => {
      this.model.addProject('retail', project, null, { environment: ['dev'] });
      for (const [user, role] of ROLES) this.model.addUserRole('retail', project, user, role);
      return this.model.orderTenant('retail', project, landingZone);
    });
  }

  #poller(): () => Promise<unknown> {
    const { configuration } = this;
    const { ledger } = this.simulation.application;
    const meshStack = MeshStackSchema.parse({
      endpoint: 'https://meshstack.example',
      platformIdentifier: 'aws.eu',
      platformUuid: this.model.platformUuid,
      contactEmail: 'platform@corp.example',
    });
    let polls = 0;
    const polling = composePoll(
      {
        environment: () => 'secret',
        now: () => new Date(),
        wait: () => Promise.resolve(),
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        metrics: new RecordingMetrics(),
        watch: new RecordingWatch(),
        ledger,
        aws: {},
        secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
      },
      {
        configuration: { ...configuration, platform: { ...configuration.platform, meshStack } },
        apiKey: () => Promise.resolve(JSON.stringify(KEY)),
        newId: () => `poll-${(polls += 1)}`,
        send: this.server.respond,
        publisher: {
          publish: (desiredState: unknown) => {
            this.simulation.application.sendEvent(JSON.parse(JSON.stringify(desiredState)));
            return Promise.resolve();
          },
        },
      },
    );
    return () => polling({});
  }

  /** The next poll. What meshStack's replication has made, meshStack knows. */
  override async send(): Promise<void> {
    for (const [index, uuid] of this.tenants.entries()) {
      const tenant = this.model.tenants.get(uuid);
      if (tenant !== undefined) tenant.platformTenantId = this.accountIds[index] ?? null;
    }
    await this.#poll();
    await this.simulation.settle();
  }

  /** Something of every desired state that AWS is told nothing of. */
  marry(username: string, lastName: string): void {
    const user = this.model.users.get(username);
    if (user !== undefined) this.model.users.set(username, { ...user, lastName });
  }

  async passDay(): Promise<void> {
    let isOver = false;
    // Virtual time passes from timer to timer.
    setTimeout(() => {
      isOver = true;
    }, 24 * 3_600_000);
    await this.simulation.until(() => isOver);
  }
}

describe('moving over from meshStack, by its poller', () => {
  let moved: PolledOrganization;
  afterEach(() => {
    moved.simulation.stop();
  });

  it.each(['v4', 'v4-preview'] as const)(
    'keeps accounts, groups and memberships of tenants that come in %s, and writes nothing the second time',
    async (version) => {
      moved = new PolledOrganization(version);
      await moved.begin();
      const before = moved.access;
      const accounts = moved.accountIds;
      expect(accounts).not.toContain(null);

      await moved.send();

      const vended = accounts.map((id) => ({ status: 'VENDED', account: { id, imported: true } }));
      const details = () => Promise.all(moved.tenants.map((uuid) => moved.simulation.detail(uuid)));
      expect(await details()).toMatchObject(vended);
      expect(moved.access).toEqual(before);
      expect(moved.accountIds).toEqual(accounts);
      expect(moved.simulation.madeAccounts).toHaveLength(accounts.length);
      expect(moved.writes().toSorted()).toEqual(NEEDED);

      const { calls } = moved;
      const runs = moved.simulation.outcomes.length;
      moved.marry('jane', 'Roe');
      await moved.passDay();
      await moved.send();

      expect(moved.simulation.outcomes).toHaveLength(runs + moved.tenants.length);
      expect(await details()).toMatchObject(vended);
      expect(moved.writes(calls)).toEqual([]);
      expect(moved.server.violations).toEqual([]);
    },
  );
});
