import { jsonSchemaOf } from '../../../functions/domain/base/json-schema';
import { EVENT_TYPES, EVENTS, type EventType } from '../../../functions/ports/event-schemas';
import { OUTCOME_SOURCE } from '../../../functions/ports/outcome-publisher';

type Json = Readonly<Record<string, unknown>>;

/** `Account Vended` is `account-vended` in names of files, and `AccountVended` in references. */
export const fileNameOf = (type: EventType): string => type.toLowerCase().replaceAll(' ', '-');

const idOf = (type: EventType): string => type.replaceAll(' ', '');

/** The JSON Schema of the `detail` of an event. */
export const eventSchemaOf = (type: EventType): Json => ({
  title: type,
  description: EVENTS[type].summary,
  ...jsonSchemaOf(EVENTS[type].detail, 'output'),
});

/** All events on the bus, as an AsyncAPI 3 document. */
export const asyncApiDocument = (): Json => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Account vending: events',
    version: '1',
    description:
      'How vendings and closures end, and what else the application tells. Each event comes at least once; tenantUuid, replicationSequence and run say whether it is known already.',
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  defaultContentType: 'application/json',
  servers: {
    bus: {
      host: 'events.{region}',
      protocol: 'eventbridge',
      description: 'Amazon EventBridge, the bus meshstack of the account that the application runs in',
      variables: { region: { description: 'The region that the application is deployed to' } },
    },
  },
  channels: {
    outcomes: {
      address: 'meshstack',
      description: `Events of the source ${OUTCOME_SOURCE}`,
      servers: [{ $ref: '#/servers/bus' }],
      messages: Object.fromEntries(
        EVENT_TYPES.map((type) => [idOf(type), { $ref: `#/components/messages/${idOf(type)}` }]),
      ),
    },
  },
  operations: {
    publishOutcomes: {
      action: 'send',
      summary: 'The application publishes events',
      channel: { $ref: '#/channels/outcomes' },
      security: [{ $ref: '#/components/securitySchemes/iam' }],
      messages: EVENT_TYPES.map((type) => ({ $ref: `#/channels/outcomes/messages/${idOf(type)}` })),
    },
  },
  components: {
    securitySchemes: {
      iam: { type: 'apiKey', in: 'user', description: 'IAM: who may make rules on the bus receives its events' },
    },
    messages: Object.fromEntries(EVENT_TYPES.map((type) => [idOf(type), messageOf(type)])),
    schemas: Object.fromEntries(EVENT_TYPES.map((type) => [idOf(type), withoutDraft(eventSchemaOf(type))])),
  },
});

/** What a rule's target receives: the envelope of EventBridge around the detail. */
const messageOf = (type: EventType): Json => ({
  name: type,
  title: type,
  summary: EVENTS[type].summary,
  contentType: 'application/json',
  payload: {
    type: 'object',
    required: ['id', 'source', 'detail-type', 'account', 'region', 'time', 'detail'],
    properties: {
      id: { type: 'string' },
      source: { const: OUTCOME_SOURCE },
      'detail-type': { const: type },
      account: { type: 'string' },
      region: { type: 'string' },
      time: { type: 'string', format: 'date-time' },
      detail: { $ref: `#/components/schemas/${idOf(type)}` },
    },
  },
});

const withoutDraft = (schema: Json): Json =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));
