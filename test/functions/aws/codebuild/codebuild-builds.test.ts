import { codeBuildBuilds } from '../../../../functions/aws/codebuild/codebuild-builds';
import type { BuildRequest } from '../../../../functions/ports/builds';
import { buildsInSeed } from '../../../sandbox/organization/call-codebuild';
import { awsError, type CannedAnswer } from '../../../fakes/canned-request-handler';
import { expectRejected } from '../../../fakes/expect-rejected';
import { cannedCaller, OrganizationWorld } from '../organization-world';

const REQUEST: BuildRequest = {
  project: 'network',
  token: 'token-1',
  image: 'standard:7.0',
  buildspec: 'sub/spec.yml',
  source: { type: 'S3', location: 'scripts/network.zip', version: '1', connectionArn: null },
  variables: { VENDING_BUILD: 'token-1', CIDR: '10.0.0.0/16' },
  timeLimitMinutes: 10,
  queueLimitMinutes: 10,
};

const started = async () => {
  const world = new OrganizationWorld({ seed: buildsInSeed });
  const builds = codeBuildBuilds(world.caller(), 'eu-central-1');
  const askedAt = new Date();
  const build = await builds.start(REQUEST);
  if (build === 'full') throw new Error('There is no room.');
  return { world, builds, askedAt, build };
};

describe('the builds of CodeBuild', () => {
  it('are found by their token', async () => {
    const { builds, askedAt, build } = await started();
    expect(await builds.findByToken('network', 'token-1', askedAt)).toMatchObject({ id: build.id });
    expect(await builds.findByToken('network', 'token-2', askedAt)).toBeUndefined();
  });

  it('are found among more than a hundred', async () => {
    const { world, builds, askedAt, build } = await started();
    const known = world.organization.state.builds;
    const ours = known.get(build.id);
    if (ours === undefined) throw new Error('The build is not known.');
    for (let number = 2; number <= 150; number += 1) {
      known.set(`network:${number}`, { ...ours, id: `network:${number}`, number, variables: new Map() });
    }
    expect(await builds.findByToken('network', 'token-1', askedAt)).toMatchObject({ id: build.id });
  });
});

/** CodeBuild with the answers of a test. */
function answering(...answers: readonly CannedAnswer[]) {
  const { handler, session } = cannedCaller(...answers);
  const asked = () => handler.requests.map(({ path, target, body }) => [path, target.split('.')[1], body]);
  return { builds: codeBuildBuilds(session, 'eu-central-1'), asked };
}

const answer = (body: object): CannedAnswer => ({ body });
const denied = awsError('AccessDeniedException');
const build = (changes: object = {}) => ({ id: 'network:1', buildStatus: 'IN_PROGRESS', ...changes });
const read = { id: 'network:1', status: 'running', reason: null, logLink: null, outputs: {} };

describe('what CodeBuild is asked to build', () => {
  const asked = {
    projectName: 'network',
    idempotencyToken: 'token-1',
    imageOverride: 'standard:7.0',
    sourceTypeOverride: 'S3',
    sourceLocationOverride: 'scripts/network.zip',
    sourceVersion: '1',
    buildspecOverride: 'sub/spec.yml',
    timeoutInMinutesOverride: 10,
    queuedTimeoutInMinutesOverride: 20,
    environmentVariablesOverride: [
      { name: 'VENDING_BUILD', value: 'token-1', type: 'PLAINTEXT' },
      { name: 'CIDR', value: '10.0.0.0/16', type: 'PLAINTEXT' },
    ],
  };
  const request = { ...REQUEST, queueLimitMinutes: 20 };

  it('is all of it, so that nothing of the project counts', async () => {
    const world = answering(answer({ build: build() }));
    expect(await world.builds.start(request)).toEqual(read);
    expect(world.asked()).toEqual([['/', 'StartBuild', asked]]);
  });

  it('is what a connection leads to, where there is one', async () => {
    const world = answering(answer({ build: build() }));
    await world.builds.start({ ...request, source: { ...request.source, type: 'GITHUB', connectionArn: 'arn:c' } });
    const sourceAuthOverride = { type: 'CODECONNECTIONS', resource: 'arn:c' };
    expect(world.asked()[0]?.[2]).toEqual({ ...asked, sourceTypeOverride: 'GITHUB', sourceAuthOverride });
  });

  it('waits for room, and is not built where there is no project or no right', async () => {
    expect(await answering(awsError('AccountLimitExceededException')).builds.start(request)).toBe('full');
    const missing = answering(awsError('ResourceNotFoundException')).builds.start(request);
    await expectRejected(missing, 'There is no CodeBuild project network', 'Deploy AutomationAccountStack');
    await expectRejected(answering(denied).builds.start(request), 'start a build of network', 'policies');
  });
});

describe('what a build has come to', () => {
  const found = async (changes: object) => answering(answer({ builds: [build(changes)] })).builds.find('network:1');
  const phase = (phaseType: string, phaseStatus?: string, ...messages: readonly (string | undefined)[]) => ({
    phaseType,
    phaseStatus,
    contexts: messages.map((message) => ({ message })),
  });

  it.each([
    ['IN_PROGRESS', 'running', null],
    ['SUCCEEDED', 'succeeded', null],
    ['STOPPED', 'stopped', 'STOPPED'],
    ['FAILED', 'failed', 'FAILED'],
    ['FAULT', 'failed', 'FAULT'],
    ['TIMED_OUT', 'failed', 'TIMED_OUT'],
  ])('is %s: %s', async (buildStatus, status, reason) => {
    expect(await found({ buildStatus })).toEqual({ ...read, status, reason });
  });

  it('is told by the first phase that did not end well', async () => {
    const phases = [
      phase('SUBMITTED', 'SUCCEEDED', 'fine'),
      phase('QUEUED'),
      phase('INSTALL', 'IN_PROGRESS', 'going on'),
      phase('BUILD', 'FAILED', 'make.sh', undefined, 'exit status 1'),
      phase('POST_BUILD', 'CLIENT_ERROR', 'later'),
    ];
    expect(await found({ buildStatus: 'FAILED', phases })).toMatchObject({
      reason: 'FAILED in BUILD make.sh exit status 1',
    });
    expect(await found({ buildStatus: 'SUCCEEDED', phases })).toMatchObject({ reason: null });
    const silent = [{ phaseType: 'BUILD', phaseStatus: 'FAULT' }];
    expect(await found({ buildStatus: 'FAULT', phases: silent })).toMatchObject({ reason: 'FAULT in BUILD' });
  });

  it('is cut where it is long', async () => {
    const phases = [phase('BUILD', 'FAILED', 'x'.repeat(1000))];
    const cut = await found({ buildStatus: 'FAILED', phases });
    expect(cut?.reason).toBe(`FAILED in BUILD ${'x'.repeat(1000)}`.slice(0, 1000));
    const exportedEnvironmentVariables = Array.from({ length: 21 }, (_, index) => ({
      name: `${String(index).padStart(2, '0')}${'n'.repeat(200)}`,
      value: 'v'.repeat(600),
    }));
    const outputs = Object.entries((await found({ exportedEnvironmentVariables }))?.outputs ?? {});
    expect(outputs).toHaveLength(20);
    expect(outputs[19]).toEqual([`19${'n'.repeat(126)}`, 'v'.repeat(500)]);
  });

  it('is what it has exported, and where its log is', async () => {
    const logs = { deepLink: 'https://log' };
    const exportedEnvironmentVariables = [{ name: 'ID', value: '7' }, { name: 'EMPTY' }];
    expect(await found({ exportedEnvironmentVariables, logs })).toEqual({
      ...read,
      logLink: 'https://log',
      outputs: { ID: '7', EMPTY: '' },
    });
    expect(await found({ logs: {} })).toEqual(read);
  });

  it('is asked by its id, and unknown where it has gone', async () => {
    const world = answering(answer({}));
    expect(await world.builds.find('network:1')).toBeUndefined();
    expect(world.asked()).toEqual([['/', 'BatchGetBuilds', { ids: ['network:1'] }]]);
    await expectRejected(answering(denied).builds.find('network:1'), 'look for the build network:1', 'policies');
  });

  it('is its end by us, unless it had ended or gone', async () => {
    const world = answering(
      answer({}),
      awsError('InvalidInputException'),
      awsError('ResourceNotFoundException'),
      denied,
    );
    for (let times = 0; times < 3; times += 1) await world.builds.stop('network:1');
    expect(world.asked()[0]).toEqual(['/', 'StopBuild', { id: 'network:1' }]);
    await expectRejected(world.builds.stop('network:1'), 'stop the build network:1', 'policies');
  });
});

describe('a search for the build of a token', () => {
  const askedAt = new Date(100_000);
  const environment = (name: string, value?: string) => ({ environment: { environmentVariables: [{ name, value }] } });
  const others = [
    build({ id: 'a', ...environment('VENDING_BUILD', 'token-2'), startTime: 100 }),
    build({ id: 'b', ...environment('OTHER', 'token-1') }),
    build({ id: 'c', environment: {} }),
  ];
  const ours = build({ ...environment('VENDING_BUILD', 'token-1') });
  const search = ({ builds }: ReturnType<typeof answering>) => builds.findByToken('network', 'token-1', askedAt);

  it('goes from page to page, the newest first, as far as one from before it was asked for', async () => {
    const world = answering(
      answer({ nextToken: 'two' }),
      answer({ ids: ['a', 'b', 'c'], nextToken: 'three' }),
      answer({ builds: others }),
      answer({ ids: ['network:1'], nextToken: 'four' }),
      answer({ builds: [ours] }),
    );
    expect(await search(world)).toEqual(read);
    expect(world.asked().map(([, name, body]) => [name, body])).toEqual([
      ['ListBuildsForProject', { projectName: 'network' }],
      ['ListBuildsForProject', { projectName: 'network', nextToken: 'two' }],
      ['BatchGetBuilds', { ids: ['a', 'b', 'c'] }],
      ['ListBuildsForProject', { projectName: 'network', nextToken: 'three' }],
      ['BatchGetBuilds', { ids: ['network:1'] }],
    ]);
  });

  it.each([
    ['one is older', [answer({ ids: ['a'], nextToken: 'two' }), answer({ builds: [build({ startTime: 99.9 })] })], 2],
    ['there are no more', [answer({ ids: ['a'] }), answer({ builds: others })], 2],
    ['it has looked through ten pages', [answer({ nextToken: 'more' })], 10],
  ])('ends without it where %s', async (_, answers, calls) => {
    const world = answering(...answers);
    expect(await search(world)).toBeUndefined();
    expect(world.asked()).toHaveLength(calls);
  });

  it('says what it was where it is refused', async () => {
    await expectRejected(search(answering(denied)), 'look through the builds of network', 'policies');
  });
});

describe('a service that is called without a client of the SDK', () => {
  const find = (said: CannedAnswer) => answering({ status: 400, ...said }).builds.find('b');

  it.each([
    ['AccessDeniedException: {"message":"no"}', { message: 'no' }, 'AccessDeniedException:http://internal/'],
    ['AccessDeniedException: no', { __type: 'com.amazon.codebuild#AccessDeniedException', message: 'no' }, undefined],
    ['AccessDeniedException: No', { __type: 'AccessDeniedException', Message: 'No' }, undefined],
    ['AccessDenied: {"__type":"AccessDenied"}', { __type: 'AccessDenied' }, undefined],
    ['AccessDeniedException: no', { __type: 'Odd', message: 'no' }, 'AccessDeniedException'],
  ])('is refused by the name that stands anywhere: %s', async (words, body, header) => {
    const headers = header === undefined ? {} : { 'x-amzn-errortype': header };
    await expectRejected(find({ body, headers }), `AWS refused to look for the build b (${words})`, 'policies');
  });

  it('passes or is unknown by its status, where there is no name', async () => {
    await expect(find({ status: 503, body: {} })).rejects.toMatchObject({ name: 'TransientError' });
    await expect(find({ body: [] })).rejects.toMatchObject({ name: 'UnknownError', message: '[]' });
    await expect(find({ status: 300, body: { __type: 'Moved' } })).rejects.toMatchObject({ name: 'Moved' });
  });

  it('is called at its own host, or at the endpoint that is given, in the name of the function', async () => {
    const { handler, session } = cannedCaller(answer({}));
    const handle = jest.spyOn(handler, 'handle');
    const settings = { ...session.settings, codeBuildEndpoint: 'http://127.0.0.1:4566' };
    for (const one of [session, { ...session, settings }]) await codeBuildBuilds(one, 'eu-west-1').find('b');
    const [own, given] = handle.mock.calls.map(([request]) => request as unknown as Readonly<Record<string, unknown>>);
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'user-agent': 'app/CheckAccess' };
    const host = 'codebuild.eu-west-1.amazonaws.com';
    expect(own).toMatchObject({
      method: 'POST',
      protocol: 'https:',
      hostname: host,
      headers: { ...headers, host },
    });
    expect(own?.['port']).toBeUndefined();
    expect(given).toMatchObject({
      protocol: 'http:',
      hostname: '127.0.0.1',
      port: 4566,
      headers: { ...headers, host: '127.0.0.1:4566' },
    });
    expect(JSON.stringify(own?.['headers'])).toContain('/eu-west-1/codebuild/aws4_request');
  });
});
