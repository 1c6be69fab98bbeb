import { type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import type { Order } from '../../sandbox/commands/demo/order';
import { type DemoReport, reportOn } from '../../sandbox/commands/demo/report';
import { type OrderStatus, vend, type Watch } from '../../sandbox/commands/demo/vend';
import fraudLab from '../../sandbox/examples/fraud-lab.json';
import webshop from '../../sandbox/examples/webshop-dev.json';
import type { ApiAnswer, Stage } from '../../sandbox/runtime/stage/stage';
import { changed, desiredStateJson } from '../functions/domain/examples';

/** A tenant of its own for each story, so that none knows of another. */
const tenant = (number: number, workspace: string, project: string, landingZone: string): object =>
  changed(
    desiredStateJson,
    ['replicationSequence', 5],
    ['tenant.metadata.uuid', `0f0f0f0f-0000-4000-8000-${String(number).padStart(12, '0')}`],
    ['tenant.metadata.ownedByWorkspace', workspace],
    ['tenant.metadata.ownedByProject', project],
    ['tenant.spec.landingZoneRef.name', landingZone],
    ['workspace.metadata.name', workspace],
    ['project.metadata', { name: project, ownedByWorkspace: workspace }],
    ['tenantPlatformNumber', number],
  ) as object;

export const NOWHERE = { name: 'aws-nowhere', awsTargetOrgUnitId: 'ou-ab12-nowhere1' };

/** Renders to an alias that an account elsewhere in AWS has. */
const aliasTaken = tenant(101, 'taken', 'elsewhere', 'aws-sandbox');
const unitMissing = tenant(102, 'any', 'project', NOWHERE.name);
const conversation = tenant(103, 'chatty', 'caller', 'aws-sandbox');

const THREE_FAULTS = [
  ['tenant.metadata.ownedByWorkspace', 'a-workspace-with-a-long-name'],
  ['tenant.spec.landingZoneRef.name', 'no-such-zone'],
  ['tenant.spec.platformTenantId', '44445555'],
] as const;
export const FAULTY_FIELDS = THREE_FAULTS.map(([field]) => field).toSorted();

const faulty = changed(tenant(104, 'any', 'faulty', 'aws-sandbox'), ...THREE_FAULTS);
const faultyLater = changed(fraudLab, ['replicationSequence', fraudLab.replicationSequence + 1], ...THREE_FAULTS);
export const unreadable = changed(faulty, ['tenant.metadata.uuid', 'no-uuid']);

export type OrderName = 'webshop' | 'fraud-lab' | 'alias taken' | 'unit missing' | 'faulty' | 'unreadable';

const order = <Name extends OrderName>(
  source: Name,
  trigger: 'event' | 'api',
  desiredState: unknown,
): Order & { readonly source: Name } => ({ source, trigger, desiredState });

export const EXAMPLES = [order('webshop', 'event', webshop), order('fraud-lab', 'api', fraudLab)] as const;

const ORDERS = [
  ...EXAMPLES,
  order('alias taken', 'event', aliasTaken),
  order('unit missing', 'api', unitMissing),
  order('faulty', 'event', faulty),
  order('unreadable', 'event', unreadable),
];

/** What was said, in this order, about one desired state by API. */
export interface Conversation {
  readonly faulty: ApiAnswer;
  readonly first: ApiAnswer;
  readonly again: ApiAnswer;
  readonly otherContent: ApiAnswer;
  readonly older: ApiAnswer;
  readonly forced: ApiAnswer;
}

export interface VendingStory {
  readonly statuses: Readonly<Record<OrderName, OrderStatus>>;
  readonly report: DemoReport;
  readonly conversation: Conversation;
  /** The tenant of an example after a later desired state of it was refused. */
  readonly refusedLater: VendingDetail;
}

/** Everything that the tests look at happens at once: most of the time is spent waiting for AWS. */
export async function playVendingStory(stage: Stage): Promise<VendingStory> {
  const [statuses, said] = await Promise.all([vend(stage, ORDERS, nobodyWatches), converse(stage)]);
  const report = await reportOn(stage, statuses);
  return {
    statuses: Object.fromEntries(statuses.map((status) => [status.order.source, status])) as VendingStory['statuses'],
    report,
    conversation: said,
    refusedLater: await refuseLater(stage),
  };
}

export const nobodyWatches: Watch = () => undefined;

async function converse(stage: Stage): Promise<Conversation> {
  const post = (body: unknown, query = {}): Promise<ApiAnswer> =>
    stage.callApi({ method: 'POST', path: '/vendings', query, body });
  const older = changed(conversation, ['replicationSequence', 4]);
  return {
    faulty: await post(faulty),
    first: await post(conversation),
    again: await post(conversation),
    otherContent: await post(changed(conversation, ['projectCreatorEmail', 'somebody.else@corp.example'])),
    older: await post(older),
    forced: await post(older, { force: 'true' }),
  };
}

async function refuseLater(stage: Stage): Promise<VendingDetail> {
  await stage.sendEvent(faultyLater);
  const path = `/vendings/${fraudLab.tenant.metadata.uuid}`;
  const deadline = Date.now() + 180_000;
  while (Date.now() < deadline) {
    const detail = VendingDetailSchema.parse((await stage.callApi({ method: 'GET', path })).body);
    if (detail.rejection !== null) return detail;
    await stage.pause();
  }
  throw new Error('The refusal of a later desired state never showed.');
}
