import type * as z from 'zod';
import { jsonSchemaOf } from '../../functions/domain/base/json-schema';
import { openApiDocument } from './openapi/openapi';
import { asyncApiDocument, eventSchemaOf, fileNameOf } from './asyncapi/asyncapi';
import { EVENT_TYPES } from '../../functions/ports/event-schemas';
import { DesiredStateSchema } from '../../functions/domain/desired-state/desired-state';
import { LandingZoneSchema } from '../../functions/domain/configuration/landing-zone';
import { PlatformConfigurationSchema } from '../../functions/domain/configuration/platform-configuration';

/** Files of the repository that are written by `npm run generate`, by path from its root. A test compares them. */
export const schemaFiles = (): Readonly<Record<string, string>> => ({
  'config/schema/platform.schema.json': schemaFile('Platform configuration', PlatformConfigurationSchema),
  'config/schema/landing-zone.schema.json': schemaFile('Landing zone', LandingZoneSchema),
  'docs/schema/desired-state.schema.json': schemaFile('Desired state of a tenant', DesiredStateSchema),
  'docs/openapi.json': asFile(openApiDocument()),
  'docs/asyncapi.json': asFile(asyncApiDocument()),
  ...Object.fromEntries(
    EVENT_TYPES.map((type) => [`docs/schema/events/${fileNameOf(type)}.schema.json`, asFile(eventSchemaOf(type))]),
  ),
});

const schemaFile = (title: string, schema: z.core.$ZodType): string =>
  asFile({ title, ...jsonSchemaOf(schema, 'input') });

const asFile = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
