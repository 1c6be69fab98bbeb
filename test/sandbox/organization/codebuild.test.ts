import { setTimeout as pause } from 'node:timers/promises';

import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { OrganizationOptions } from '../../../sandbox/organization/organization';
import { concurrentRunner } from '../../../sandbox/organization/services/codebuild/build-runner';
import { type Answer, buildsInSeed, callCodeBuild, startOf } from './call-codebuild';
import { AUTOMATION, organizationUnderTest } from './organization-under-test';

interface BuildAnswer {
  readonly id: string;
  readonly buildStatus: string;
  readonly exportedEnvironmentVariables: readonly { readonly name: string; readonly value: string }[];
  readonly phases: readonly {
    readonly phaseType: string;
    readonly contexts?: readonly { readonly message: string }[];
  }[];
}

const buildIn = ({ body }: Answer): BuildAnswer => body['build'] as BuildAnswer;

const ready = (options: Partial<OrganizationOptions> = {}) => {
  const { organization, clock } = organizationUnderTest({
    seed: { ...exampleOrganization(), ...buildsInSeed },
    ...options,
  });
  const call = (operation: string, input: object) => callCodeBuild(organization, operation, input);
  return {
    organization,
    clock,
    call,
    start: (changes: object = {}) => call('StartBuild', startOf(changes)),
    seen: async (id: string): Promise<BuildAnswer | undefined> =>
      ((await call('BatchGetBuilds', { ids: [id] })).body['builds'] as readonly BuildAnswer[])[0],
  };
};

const HOUR = 3600;

describe('a build of CodeBuild', () => {
  it('really runs its commands, with the variables of the project and, before those, of the call', async () => {
    const { start, seen, clock } = ready();
    const { id, buildStatus, exportedEnvironmentVariables } = buildIn(await start());
    expect({ buildStatus, exportedEnvironmentVariables }).toEqual({
      buildStatus: 'IN_PROGRESS',
      exportedEnvironmentVariables: [],
    });
    clock.advance(HOUR);
    expect(await seen(id)).toMatchObject({
      buildStatus: 'SUCCEEDED',
      exportedEnvironmentVariables: [{ name: 'ID', value: 'state-10.0.0.0/16' }],
    });
  });

  it('knows nothing of the process that plays CodeBuild', async () => {
    process.env['SECRET_OF_THE_TEST'] = 'secret';
    const { start, seen, clock } = ready();
    const buildspecOverride = JSON.stringify({
      version: 0.2,
      env: { 'exported-variables': ['SEEN'] },
      phases: { build: { commands: ['export SEEN="$(env | sort | cut -d= -f1 | tr "\\n" " ")"'] } },
    });
    const { id } = buildIn(await start({ buildspecOverride }));
    clock.advance(HOUR);
    const told = JSON.stringify((await seen(id))?.exportedEnvironmentVariables);
    expect(told).toContain('CODEBUILD_BUILD_ID');
    expect(told).not.toContain('SECRET_OF_THE_TEST');
    delete process.env['SECRET_OF_THE_TEST'];
  });

  it.each([
    [
      'a command that fails',
      { phases: { build: { commands: ['echo "no subnet" >&2; exit 2', 'true'] } } },
      'FAILED',
      /no subnet/u,
    ],
    ['no buildspec', undefined, 'FAILED', /there is no buildspec/u],
  ])('has failed for %s, and says why', async (_what, buildspec, status, why) => {
    const { start, seen, clock } = ready();
    const buildspecOverride = buildspec === undefined ? 'gone.yml' : JSON.stringify({ version: 0.2, ...buildspec });
    const { id } = buildIn(await start({ buildspecOverride }));
    clock.advance(HOUR);
    const build = await seen(id);
    expect(build?.buildStatus).toBe(status);
    expect(build?.phases.flatMap(({ contexts = [] }) => contexts.map(({ message }) => message)).join(' ')).toMatch(why);
  });

  it('has failed where the source is not there', async () => {
    const { start, seen, clock } = ready();
    const { id } = buildIn(await start({ sourceLocationOverride: 'scripts/gone.zip' }));
    clock.advance(HOUR);
    expect(await seen(id)).toMatchObject({
      buildStatus: 'FAILED',
      phases: [{ phaseType: 'SUBMITTED' }, { phaseType: 'DOWNLOAD_SOURCE' }],
    });
  });

  it('is the same for the same token within five minutes, and for another content refused', async () => {
    const { start, clock, organization } = ready();
    const { id } = buildIn(await start());
    expect(buildIn(await start()).id).toBe(id);
    expect(await start({ timeoutInMinutesOverride: 99 })).toMatchObject({
      status: 400,
      body: { __type: 'InvalidInputException' },
    });
    clock.advance(301);
    expect(buildIn(await start()).id).not.toBe(id);
    expect(organization.state.builds.size).toBe(2);
  });

  it('is listed by its project, the newest first', async () => {
    const { start, call, clock } = ready();
    const first = buildIn(await start()).id;
    clock.advance(301);
    const second = buildIn(await start()).id;
    expect((await call('ListBuildsForProject', { projectName: 'network' })).body).toEqual({ ids: [second, first] });
    expect((await call('ListBuildsForProject', { projectName: 'network', sortOrder: 'ASCENDING' })).body).toEqual({
      ids: [first, second],
    });
  });

  it('is listed among more than a hundred in pages, and only where no order is asked for', async () => {
    const { start, call, organization } = ready();
    const { id } = buildIn(await start());
    const build = organization.state.builds.get(id);
    if (build === undefined) throw new Error('The build is not known.');
    for (let number = 2; number <= 101; number += 1) {
      organization.state.builds.set(`network:${number}`, { ...build, id: `network:${number}`, number });
    }
    const { ids, nextToken } = (await call('ListBuildsForProject', { projectName: 'network' })).body;
    expect([(ids as readonly string[])[0], (ids as readonly string[]).length]).toEqual(['network:101', 100]);
    expect((await call('ListBuildsForProject', { projectName: 'network', nextToken })).body).toEqual({ ids: [id] });
    expect(await call('ListBuildsForProject', { projectName: 'network', sortOrder: 'DESCENDING' })).toMatchObject({
      status: 400,
      body: { __type: 'InvalidInputException' },
    });
  });

  it('can be stopped, and stays stopped', async () => {
    const { start, call, seen, clock } = ready();
    const { id } = buildIn(await start());
    expect(buildIn(await call('StopBuild', { id })).buildStatus).toBe('STOPPED');
    clock.advance(HOUR);
    expect((await seen(id))?.buildStatus).toBe('STOPPED');
  });

  it.each([
    ['StartBuild', startOf({ projectName: 'unknown' })],
    ['ListBuildsForProject', { projectName: 'unknown' }],
    ['StopBuild', { id: 'network:unknown' }],
  ])('%s finds nothing of which nobody knows', async (operation, input) => {
    expect(await ready().call(operation, input)).toMatchObject({
      status: 400,
      body: { __type: 'ResourceNotFoundException' },
    });
  });

  it('works by a session of the project’s role, which can do what the role can do', async () => {
    const seed = exampleOrganization();
    const trust = (Principal: object) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
    });
    const serviceRoles = [
      ...seed.serviceRoles,
      { accountId: AUTOMATION, name: 'builds', trust: trust({ Service: 'codebuild.amazonaws.com' }) },
    ];
    const { start, seen, clock } = ready({ seed: { ...seed, ...buildsInSeed, serviceRoles } });
    const buildspecOverride = JSON.stringify({
      version: 0.2,
      env: { 'exported-variables': ['KEY'] },
      phases: { build: { commands: ['export KEY="$AWS_ACCESS_KEY_ID"'] } },
    });
    const { id } = buildIn(await start({ buildspecOverride }));
    clock.advance(HOUR);
    expect((await seen(id))?.exportedEnvironmentVariables).toEqual([
      { name: 'KEY', value: expect.stringMatching(/^ASIA/u) as string },
    ]);
  });

  it('goes on beside its organization, where that is served to others', async () => {
    const { start, seen, clock, call } = ready({ buildRunner: concurrentRunner });
    const commands = ['sleep 60'];
    const buildspecOverride = JSON.stringify({ version: 0.2, phases: { build: { commands } } });
    const { id } = buildIn(await start({ buildspecOverride }));
    clock.advance(HOUR);
    expect((await seen(id))?.buildStatus).toBe('IN_PROGRESS');
    await call('StopBuild', { id });
    expect((await seen(id))?.buildStatus).toBe('STOPPED');

    const quick = buildIn(await start({ idempotencyToken: 'token-2' })).id;
    clock.advance(HOUR);
    while ((await seen(quick))?.buildStatus === 'IN_PROGRESS') await pause(20);
    expect((await seen(quick))?.exportedEnvironmentVariables).toHaveLength(1);
  });
});
