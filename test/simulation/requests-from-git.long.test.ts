import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';
import * as z from 'zod';

import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { withDeployedStackSets } from '../../sandbox/organization/deployed-stack-sets';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type Ran, ran } from '../command/ran';
import { type ApiServer, serveApi } from '../fakes/api-server';
import { GitFolder } from '../operator/apply/git-folder';
import { SimulatedVending } from './simulated-vending';

const EXAMPLE = path.join(projectRoot, 'examples/requests-from-git');
const WORKFLOW = path.join(EXAMPLE, '.github/workflows/accounts.yml');

const WorkflowSchema = z.object({
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.string()),
      steps: z.array(
        z.object({
          run: z.string().default(''),
          uses: z.string().default(''),
          with: z.record(z.string(), z.unknown()).default({}),
        }),
      ),
    }),
  ),
});

const { jobs } = WorkflowSchema.parse(parse(readFileSync(WORKFLOW, 'utf8')));

/** The commands that a job runs, without what the shell does with their output. */
const commandsOf = (job: string): readonly (readonly string[])[] =>
  (jobs[job]?.steps ?? [])
    .flatMap(({ run }) => run.split('\n'))
    .filter((line) => line.startsWith('account-vending '))
    .map((line) =>
      line
        .replace(/ > .*$/u, '')
        .split(' ')
        .slice(1),
    );

describe('an account that is requested by a pull request', () => {
  let simulation: SimulatedVending;
  let server: ApiServer;
  let repository: GitFolder;

  beforeEach(async () => {
    repository = new GitFolder();
    repository.copy(EXAMPLE);
    const configuration = loadConfiguration(path.join(projectRoot, 'sandbox/config'));
    const seed = withDeployedStackSets(exampleOrganization({ configuration }), configuration);
    simulation = new SimulatedVending({ configuration, seed });
    server = await serveApi((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const sent = Buffer.concat(chunks).toString('utf8');
        const method = request.method === 'POST' ? 'POST' : 'GET';
        const call = { method, path: pathname.replace('/v1', ''), query: Object.fromEntries(searchParams) } as const;
        void simulation.application
          .callApi(sent === '' ? call : { ...call, body: JSON.parse(sent) })
          .then(({ status, body }) => response.writeHead(status).end(JSON.stringify(body)));
      });
    });
  });

  afterEach(async () => {
    await server.close();
    simulation.stop();
    repository.delete();
  });

  /** The command of a job, in a checkout of this repository. */
  const runOf = async (job: string, ...more: readonly string[]): Promise<Ran> => {
    const [words = []] = commandsOf(job);
    const run = ran(...words.map((word) => (word === 'accounts' ? repository.accounts : word)), ...more);
    const ended = run.then(() => true);
    // Answers of AWS take virtual time.
    while (!(await Promise.race([ended, simulation.pass(1).then(() => false)])));
    return run;
  };

  it('is planned in a comment, ordered when it is merged, and ordered once', async () => {
    repository.commit('2026-11-20T08:00:00Z');
    const planned = await runOf('plan');
    expect(planned.exitCode).toBe(0);
    expect(planned.notices).toBe('3 desired states: 3 new. Nothing was ordered: this was a dry run.\n');
    expect(planned.out).toContain('**new** `retail.webshop-test` `aws-dev` `retail/webshop-test.yaml:1`');
    expect(planned.out).toContain('a new account: ');
    expect((await simulation.application.callApi({ method: 'GET', path: '/vendings' })).body).toMatchObject({
      vendings: [],
    });

    const applied = await runOf('apply');
    expect(applied).toMatchObject({ exitCode: 0, notices: '3 desired states: 3 new. 3 were ordered.\n' });
    await simulation.settle();
    const again = await runOf('apply');
    expect(again).toMatchObject({ exitCode: 0, notices: '3 desired states: 3 unchanged. 0 were ordered.\n' });
    expect(again.out).toMatch(/^unchanged +retail\.webshop-test +aws-dev +VENDED /mu);
  });

  it('is not overruled by an older checkout, and stays when its file is taken out', async () => {
    repository.commit('2026-11-20T08:00:00Z');
    const file = 'retail/webshop-test.yaml';
    const text = readFileSync(path.join(repository.accounts, file), 'utf8');
    repository.write(file, text.replace('environment: [test]', 'environment: [dev]'));
    repository.commit('2026-11-21T08:00:00Z');
    expect((await runOf('apply')).exitCode).toBe(0);
    await simulation.settle();

    repository.git('checkout', '--quiet', 'HEAD~1');
    const older = await runOf('apply');
    expect(older.exitCode).toBe(1);
    expect(older.notices).toBe('3 desired states: 2 unchanged, 1 older. 0 were ordered.\n');
    expect(older.out).toContain('Check out the newest commit, or commit what you want again.');

    repository.git('checkout', '--quiet', 'main');
    repository.remove(file);
    repository.commit('2026-11-22T08:00:00Z');
    const removed = await runOf('apply');
    expect(removed.exitCode).toBe(0);
    expect(removed.notices).toBe('2 desired states: 2 unchanged, 1 tenant no longer in the folder. 0 were ordered.\n');
    expect(removed.out).toContain('retail.webshop-test (3f0c9a52-5f0e-4a53-9f3e-6c1b7d2e8a11, VENDED) was in ');
  });

  it('is changed by the next pull request, whose comment says what changes', async () => {
    repository.commit('2026-11-20T08:00:00Z');
    await runOf('apply');
    await simulation.settle();
    const file = 'retail/webshop-test.yaml';
    const text = readFileSync(path.join(repository.accounts, file), 'utf8');
    repository.write(file, text.replace('environment: [test]', 'environment: [dev]'));

    const planned = await runOf('plan');
    expect(planned.out).toContain("TagAccount: tag meshstack_environment: 'test' -> 'dev'");
    expect(planned.notices).toBe(
      '3 desired states: 1 changed, 2 unchanged. Nothing was ordered: this was a dry run.\n',
    );
    const early = await runOf('apply');
    expect(early.exitCode).toBe(1);
    expect(early.out).toContain('the file has changes that are not committed');

    repository.commit('2026-11-21T08:00:00Z');
    expect((await runOf('apply', '--json')).exitCode).toBe(0);
  });

  it('closes its account when its file says so', async () => {
    repository.commit('2026-11-20T08:00:00Z');
    await runOf('apply');
    await simulation.settle();
    const file = 'retail/webshop-test.yaml';
    const text = readFileSync(path.join(repository.accounts, file), 'utf8');
    repository.write(file, text.replace('state: ACTIVE', 'state: MARKED_FOR_DELETION'));
    repository.commit('2026-11-21T08:00:00Z');

    expect((await runOf('apply')).notices).toBe('3 desired states: 1 closing, 2 unchanged. 1 was ordered.\n');
    await simulation.settle();
    repository.remove(file);
    repository.commit('2026-11-22T08:00:00Z');
    expect((await runOf('apply')).notices).toBe('2 desired states: 2 unchanged. 0 were ordered.\n');
  });
});

describe('the workflow of the example', () => {
  it('has whole histories, an identity of its own, and one command in each job', () => {
    expect(Object.keys(jobs)).toEqual(['plan', 'apply']);
    for (const [name, { permissions, steps }] of Object.entries(jobs)) {
      expect(permissions['id-token']).toBe('write');
      expect(steps.find(({ uses }) => uses.startsWith('actions/checkout@'))?.with['fetch-depth']).toBe(0);
      expect(commandsOf(name)).toHaveLength(1);
    }
    expect(commandsOf('plan')).toEqual([['apply', 'accounts', '--dry-run', '--markdown']]);
  });
});
