import { spawnSync } from 'node:child_process';
import path from 'node:path';
import * as z from 'zod';
import { openApiDocument } from '../../../../sandbox/commands/openapi/openapi';

const OperationSchema = z.looseObject({ responses: z.record(z.string(), z.unknown()) });
const DocumentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), OperationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

const document = DocumentSchema.parse(openApiDocument());

describe('the OpenAPI document', () => {
  it('describes the calls and what each can answer', () => {
    const answers = Object.entries(document.paths).flatMap(([route, operations]) =>
      Object.entries(operations).map(
        ([method, { responses }]) => `${method} ${route}: ${Object.keys(responses).join(' ')}`,
      ),
    );

    expect(answers).toEqual([
      'post /vendings: 200 202 400 403 409 415 422 429 500 503',
      'get /vendings: 200 400 403 429 500 503',
      'get /vendings/{tenantUuid}: 200 400 403 404 429 500 503',
      'post /vendings/{tenantUuid}/replay: 202 403 404 409 429 500 503',
      'post /vendings/{tenantUuid}/stop: 202 400 403 404 409 415 422 429 500 503',
      'post /vendings/{tenantUuid}/approval: 202 400 403 404 409 415 422 429 500 503',
      'get /vendings/{tenantUuid}/runs: 200 400 403 404 429 500 503',
      'get /vendings/{tenantUuid}/runs/{run}: 200 403 404 429 500 503',
      'get /vendings/{tenantUuid}/events: 200 400 403 404 429 500 503',
      'get /vendings/{tenantUuid}/desired-states: 200 400 403 404 429 500 503',
      'get /vendings/{tenantUuid}/desired-states/{sequence}: 200 403 404 429 500 503',
      'post /replays: 200 400 403 429 500 503',
      'post /reindex: 200 400 403 429 500 503',
      'get /lanes: 200 400 403 429 500 503',
      'get /lanes/{lane}/waiters: 200 400 403 404 429 500 503',
      'get /summary: 200 403 429 500 503',
      'get /configuration: 200 403 429 500 503',
      'get /dead-letters: 200 400 403 429 500 503',
      'get /dead-letters/{queue}/{id}: 200 403 404 409 429 500 503',
      'delete /dead-letters/{queue}/{id}: 200 403 404 409 429 500 503',
      'post /dead-letters/{queue}/{id}/replay: 202 403 404 409 429 500 503',
      'post /preflight: 202 403 429 500 503',
      'get /preflight/{id}: 200 403 404 429 500 503',
      'post /adoptions: 200 202 400 403 404 409 415 422 429 500 503',
      'get /adoptions/{id}: 200 400 403 404 429 500 503',
      'post /rollouts: 202 400 403 409 415 422 429 500 503',
      'get /rollouts: 200 400 403 429 500 503',
      'get /rollouts/{id}: 200 403 404 429 500 503',
      'get /rollouts/{id}/tenants: 200 400 403 404 429 500 503',
      'post /rollouts/{id}/start: 200 400 403 404 409 415 422 429 500 503',
      'post /rollouts/{id}/pause: 200 403 404 409 429 500 503',
      'post /rollouts/{id}/resume: 200 403 404 409 429 500 503',
      'post /rollouts/{id}/retry: 200 403 404 409 429 500 503',
      'post /rollouts/{id}/abort: 200 403 404 409 429 500 503',
      'get /tenants/{tenantUuid}/usage-reports/{month}: 200 400 403 404 429 500 503',
      'get /usage-reports/{month}: 200 400 403 404 429 500 503',
      'get /drift-reports/{pass}: 200 400 403 404 429 500 503',
      'get /shadow-report: 200 400 403 429 500 503',
      'get /landing-zones: 200 400 403 429 500 503',
      'post /landing-zones/{landingZone}/mode: 200 400 403 404 415 422 429 500 503',
    ]);
  });

  it('has every schema that it refers to', () => {
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(?<name>\w+)"/g);
    const names = new Set([...references].map(({ groups }) => groups?.['name']));

    expect([...names].filter((name) => !Object.hasOwn(document.components.schemas, name ?? ''))).toEqual([]);
    expect(names.size).toBeGreaterThan(8);
  });

  it('has exactly the statuses of the contract', () => {
    expect(document.components.schemas['VendingStatus']).toMatchObject({
      enum: [
        'ACCEPTED',
        'QUEUED',
        'RUNNING',
        'AWAITING_APPROVAL',
        'VENDED',
        'FAILED',
        'REJECTED',
        'SUPERSEDED',
        'CLOSED',
        'SHADOWED',
      ],
    });
  });

  it('requires of a desired state what the contract requires, and no more', () => {
    expect(document.components.schemas['DesiredState']).toMatchObject({
      required: [
        'replicationSequence',
        'tenant',
        'tenantPlatformNumber',
        'workspace',
        'project',
        'projectCreatorEmail',
      ],
    });
  });

  it('is clean by the strict rules of Redocly', () => {
    const root = path.join(__dirname, '..', '..', '..', '..');
    const redocly = path.join(root, 'node_modules/@redocly/cli/bin/cli.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [redocly, 'lint', 'docs/openapi.json'], {
      cwd: root,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'] ?? '',
        REDOCLY_TELEMETRY: 'off',
        REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
        CI: 'true',
      },
    });

    expect({ status, output: stdout + stderr }).toEqual({
      status: 0,
      output: expect.stringContaining('valid') as string,
    });
  });
});
