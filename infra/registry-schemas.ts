import { jsonSchemaOf } from '../functions/domain/base/json-schema';
import { EVENT_TYPES, EVENTS, type EventType } from '../functions/ports/event-schemas';
import { OUTCOME_SOURCE } from '../functions/ports/outcome-publisher';

type Json = Readonly<Record<string, unknown>>;

/** A document of OpenAPI 3.0. */
interface RegistrySchema {
  readonly openapi: string;
  readonly info: { readonly version: string; readonly title: string; readonly description: string };
  readonly paths: Json;
  readonly components: { readonly schemas: Json };
}

/** `Account Vended` is `AccountVended` in the registry, where names have no spaces. */
const registryNameOf = (type: EventType): string => type.replaceAll(/[ -]/gu, '');

/**
 * All events as the schema registry of EventBridge has them: OpenAPI 3.0, in which `AWSEvent` is the event with its
 * envelope and names source and type.
 *
 * @evidence documented eventbridge/userguide/eb-schema-create: OpenAPI 3 or JSONSchema Draft4; code bindings come of it
 * @evidence reported "github aws/aws-sam-cli, samcli/lib/schemas/schemas_api_caller.py": it reads source and detail
 *   type of a schema from AWSEvent, x-amazon-events-source and -detail-type
 */
export const registrySchemas = (): Readonly<Record<string, RegistrySchema>> =>
  Object.fromEntries(EVENT_TYPES.map((type) => [registryNameOf(type), registrySchemaOf(type)]));

const registrySchemaOf = (type: EventType): RegistrySchema => ({
  openapi: '3.0.0',
  info: { version: '1.0.0', title: registryNameOf(type), description: EVENTS[type].summary },
  paths: {},
  components: {
    schemas: { AWSEvent: envelopeOf(type), [registryNameOf(type)]: detailOf(type) },
  },
});

const envelopeOf = (type: EventType): Json => ({
  type: 'object',
  required: ['detail-type', 'resources', 'detail', 'id', 'source', 'time', 'region', 'version', 'account'],
  'x-amazon-events-detail-type': type,
  'x-amazon-events-source': OUTCOME_SOURCE,
  properties: {
    detail: { $ref: `#/components/schemas/${registryNameOf(type)}` },
    ...Object.fromEntries(
      ['account', 'detail-type', 'id', 'region', 'source', 'version'].map((name) => [name, { type: 'string' }]),
    ),
    resources: { type: 'array', items: { type: 'string' } },
    time: { type: 'string', format: 'date-time' },
  },
});

const detailOf = (type: EventType): Json => jsonSchemaOf(EVENTS[type].detail, 'output', 'openapi-3.0');
