import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Ran, ran } from '../../command/ran';
import { type ApiServer, callIn, serveApi } from '../../fakes/api-server';
import { plan } from '../../fakes/vending';
import { type Change, changed, desiredStateJson } from '../../functions/domain/examples';

const uuid = (n: number): string => `7d0c1b1e-0000-4000-8000-00000000000${n}`;
const state = (n: number, ...changes: readonly Change[]): unknown =>
  changed(desiredStateJson, ['tenant.metadata.uuid', uuid(n)], ...changes);

const NOT_FOUND = { type: 'urn:x:not-found', title: 'Not found', status: 404, detail: 'There is none.', errors: [] };
const problem = (status: number, detail: string, errors: readonly object[] = []): object => ({
  type: 'urn:x',
  title: 'Refused',
  status,
  detail,
  errors,
});
const accepted = (n: number): object => ({
  tenantUuid: uuid(n),
  replicationSequence: 17,
  executionArn: 'arn',
  status: 'ACCEPTED',
});

type Answers = (call: string, tries: number) => readonly [status: number, body: unknown];

describe('account-vending apply', () => {
  let folder: string;
  let server: ApiServer;
  let calls: string[];
  let answers: Answers;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'apply-'));
    calls = [];
    server = await serveApi((request, response) => {
      void callIn(request).then((call) => {
        const tries = calls.filter((earlier) => earlier === call).length;
        calls.push(call);
        const [status, body] = answers(call, tries);
        response.writeHead(status).end(JSON.stringify(body));
      });
    });
  });

  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string, content: unknown): void => {
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  };
  const apply = (...more: readonly string[]): Promise<Ran> => ran('apply', folder, ...more);
  const orders = (): readonly string[] => calls.filter((call) => call.startsWith('POST /v1/vendings {'));

  /** Nobody is known, and every plan is refused in CreateAccount. */
  const refusing: Answers = (call) =>
    call.startsWith('GET')
      ? [404, NOT_FOUND]
      : [422, problem(422, 'No.', [{ field: 'project.metadata.name', message: 'is taken.' }])];

  it('names file and line of what is wrong, and goes on with the others', async () => {
    file('a.yaml', 'tenant: [\n');
    file('b.json', state(2, ['tenant.spec.landingZoneRef.name', undefined], ['userPermision', []]));
    file('c.json', state(3));
    answers = refusing;
    const { exitCode, out, notices } = await apply('--dry-run');

    expect(exitCode).toBe(1);
    expect(out).toMatch(/ {4}a\.yaml:\d: cannot be read: /u);
    expect(out).toMatch(/ {4}b\.json:\d+, tenant\.spec\.landingZoneRef\.name: is missing\. /u);
    expect(out).toMatch(/ {4}b\.json:\d+, userPermision: .* Did you mean userPermissions\?/u);
    expect(out).toMatch(/ {4}c\.json:\d+, project\.metadata\.name: is taken\./u);
    expect(notices).toBe(
      '2 desired states: 2 refused, 1 file cannot be read. Nothing was ordered: this was a dry run.\n',
    );
    expect(calls.some((call) => call.includes(uuid(2)))).toBe(false);
    expect(calls.some((call) => call.startsWith(`GET /v1/vendings/${uuid(3)}?include=desiredState`))).toBe(true);
  });

  it('ends with 1 where nothing is wrong but a file that cannot be read', async () => {
    file('a.yaml', 'tenant: [\n');
    answers = refusing;

    expect((await apply()).exitCode).toBe(1);
  });

  it('orders neither of two files that mean the same tenant', async () => {
    file('a.json', state(1));
    file('b.json', [state(1, ['tenantPlatformNumber', 4])]);
    answers = refusing;
    const { exitCode, out } = await apply();

    expect(exitCode).toBe(1);
    expect(out).toMatch(/a\.json:\d+, tenant\.metadata\.uuid: is also in b\.json:\d+\. .* take one out/u);
    expect(out).toMatch(/b\.json:\d+, tenant\.metadata\.uuid: is also in a\.json:1\./u);
    expect(calls).toEqual([]);
  });

  it('wants a sequence where there is no Git', async () => {
    file('a.json', state(1, ['replicationSequence', undefined]));
    answers = refusing;

    expect((await apply()).out).toContain('replicationSequence: is missing, and the folder is in no Git repository');
    expect(calls).toEqual([]);
  });

  it('asks again where the API is throttled, and ends with 2 where it cannot be asked', async () => {
    file('a.json', state(1, ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']));
    file('b.json', state(2, ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']));
    const planned = { changes: null, refusal: null, accountState: 'NONE' };
    answers = (call, tries) => {
      if (call.startsWith('GET')) return tries === 0 ? [429, problem(429, 'Slowly.')] : [404, NOT_FOUND];
      if (call.includes(uuid(2))) return [503, problem(503, 'AWS did not answer.')];
      return call.includes('dryRun') ? [200, { ...plan(), ...planned }] : [202, accepted(1)];
    };
    const { exitCode, out, notices } = await apply();

    expect(exitCode).toBe(2);
    expect(orders()).toHaveLength(1);
    expect(out).toMatch(/^closing +retail\.webshop-dev +aws-dev +ACCEPTED +a\.json:1\n {4}it has no account$/mu);
    expect(notices).toContain('1 of 2 could not be asked for. Run it again: nothing is done twice.');
    expect(notices).toContain('AWS did not answer.');
  });

  it.each([
    [['/no/such/folder'], 'cannot be read: there is no such file or folder. Check the path.'],
    [[], 'No folder given. Add the folder that holds desired states'],
    [['x', '--markdown', '--json'], "cannot be used with option '--json'"],
    [['x', '--dryrun'], 'Did you mean --dry-run?'],
  ])('says what is wrong with its words: %j', async (words, message) => {
    const { exitCode, notices } = await ran('apply', ...words);

    expect(exitCode).toBe(2);
    expect(notices).toContain(message);
  });

  it('says so where a folder holds nothing', async () => {
    file('notes.txt', 'nothing');

    expect((await apply()).notices).toContain('holds no desired states. Name a folder with files that end with .yaml');
  });
});
