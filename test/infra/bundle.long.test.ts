import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { Metafile } from 'esbuild';
import { configurationText } from '../../functions/domain/configuration/configuration-hash';
import type { TaskName } from '../../functions/domain/base/state-name';
import { isStep, stepNames } from '../../functions/steps/each-step';
import { BUNDLED_SOURCES, bundleFolder, bundleFunctions, bundleFunctionsOnce } from '../../infra/bundle';
import { functions } from '../../infra/functions';
import { type BundleName, type FunctionName, STORING_FUNCTION } from '../../infra/names';
import { BUNDLE_CACHE } from '../../sandbox/environment';
import allowed from './bundle-packages.json';
import { CONFIGURATION, forwarding, inWords, resourcesOf, vendingStack, withMeshStack } from './synthesized-stack';

const names = Object.keys(functions) as FunctionName[];
const others = names.filter((name): name is Exclude<FunctionName, TaskName> => !isStep(name));
const bundles: readonly BundleName[] = [...names, STORING_FUNCTION];
const LARGEST_BYTES = 700 * 1024;

/** What may be larger. */
const MORE: Partial<Record<FunctionName, number>> = {
  // These know every service that the steps know one by one, and start seldom: for a preflight, or a dry run.
  RunPreflight: 1.2,
  PreviewChanges: 1.2,
  // It has a handler for every call of the API, and clients of all that these reach.
  Api: 1.1,
  // It judges desired states and starts runs as the API does, and reads the organization besides.
  AdoptAccounts: 1.1,
};

/** The files of which at least one byte is in the bundle. */
function filesIn(metafile: Metafile, name: BundleName): readonly string[] {
  const found = Object.entries(metafile.outputs).filter(([file]) => file.endsWith(`/${name}/index.mjs`));
  const inputs = found.flatMap(([, output]) => Object.entries(output.inputs));
  return inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput === 0 ? [] : [file]));
}

/** The npm packages of these files. */
function packagesIn(metafile: Metafile, name: BundleName): string[] {
  const packages = filesIn(metafile, name).flatMap(
    (file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(file)?.[1] ?? [],
  );
  return [...new Set(packages)].toSorted();
}

/** What each file is to Node: its handler, or why it cannot be loaded. */
function loadInNode(files: readonly string[], env: Readonly<Record<string, string>> = {}): unknown {
  const script = `
    const load = (file) =>
      import(file).then(
        ({ handler }) => (handler.length > 2 ? 'handler with a callback' : 'handler(event, context)'),
        ({ message }) => message,
      );
    console.log(JSON.stringify(await Promise.all(${JSON.stringify(files)}.map(load))));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8', env }),
  );
}

describe('the bundles', () => {
  let folder: string;
  let metafile: Metafile;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-bundles-'));
    metafile = bundleFunctions(folder, CONFIGURATION);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (name: BundleName, file = 'index.mjs'): Buffer =>
    readFileSync(path.join(bundleFolder(folder, name), file));

  /** Functions whose bundle, or whose configuration, has other bytes in another folder. */
  const otherThanHere = (other: string): readonly string[] =>
    bundles.filter((name) =>
      ['index.mjs', 'configuration.json'].some((file) => {
        const files = [folder, other].map((root) => path.join(bundleFolder(root, name), file));
        const [here, there] = files.map((one) => (existsSync(one) ? readFileSync(one, 'utf8') : null));
        return here !== there;
      }),
    );

  it.each(names)('stay small: %s', (name) => {
    expect(read(name).byteLength).toBeLessThan((MORE[name] ?? 1) * LARGEST_BYTES);
  });

  it.each(others)('contain the packages that bundle-packages.json allows, and no other: %s', (name) => {
    const own: readonly string[] = allowed.functions[name];

    expect(packagesIn(metafile, name)).toEqual([...allowed.everyFunction, ...own].toSorted());
  });

  it('contain of each step, besides what every function has, what somebody has read', () => {
    const common = new Set(allowed.everyFunction);
    const own = (name: FunctionName) => packagesIn(metafile, name).filter((one) => !common.has(one));

    expect(Object.fromEntries(stepNames.map((name) => [name, own(name)]))).toMatchSnapshot();
    for (const name of stepNames) expect(packagesIn(metafile, name)).toEqual(expect.arrayContaining([...common]));
  });

  it('contain of no step what it has no business with', () => {
    const having = (packageName: string) =>
      stepNames.filter((name) => packagesIn(metafile, name).includes(packageName));

    expect(having('@aws-sdk/client-lambda')).toEqual(['InvokeLandingZoneFunction', 'CompleteShadow']);
    expect(having('@aws-sdk/client-cost-explorer')).toEqual([]);
    expect(having('@aws-sdk/client-eventbridge')).toEqual([
      'AwaitApproval',
      'CompleteShadow',
      'CompleteVending',
      'CompleteClosing',
    ]);
  });

  it.each(names)('have zod/mini alone, since schemas with methods make a cold start longer: %s', (name) => {
    expect(filesIn(metafile, name).filter((file) => file.includes('/zod/v4/classic/'))).toEqual([]);
  });

  it.each(names)(
    'have neither what would bring all helpers of zod with it, nor classes of Unicode in literals: %s',
    (name) => {
      const code = read(name).toString();

      expect({ helpers: code.includes('~constantCatch'), literals: code.match(/(?<!\\)\\p\{.{20}/gu) }).toEqual({
        helpers: false,
        literals: null,
      });
    },
  );

  it('can be loaded by Node, and export a handler with the two arguments that Node 24 on Lambda allows', () => {
    const loaded = loadInNode(names.map((name) => path.join(bundleFolder(folder, name), 'index.mjs')));

    expect(loaded).toEqual(names.map(() => 'handler(event, context)'));
  });

  it('leave the HTTP client of browsers unloaded, which no function uses', () => {
    const files = names.map((name) => path.join(bundleFolder(folder, name), 'index.mjs'));
    const script = `
      await Promise.all(${JSON.stringify(files)}.map((file) => import(file)));
      console.log(process.moduleLoadList.filter((one) => one.includes('undici')).join());`;

    expect(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8', env: {} }),
    ).toBe('\n');
  });

  it('stop at their start when their environment is not there', () => {
    const file = path.join(bundleFolder(folder, 'CheckAccess'), 'index.mjs');

    const loaded = loadInNode([file], { AWS_LAMBDA_FUNCTION_NAME: 'vending-CheckAccess', AWS_REGION: 'eu-central-1' });

    expect(loaded).toEqual([expect.stringContaining('The environment variable LEDGER_TABLE_NAME is not set')]);
  });

  /** The variables of each function in the template, as plain text. */
  const told = (): ReadonlyMap<unknown, Readonly<Record<string, string>>> => {
    const made = vendingStack({ configuration: withMeshStack(), eventForwarding: forwarding() });
    const found = Object.values(resourcesOf(Template.fromStack(made), 'AWS::Lambda::Function'));
    return new Map(
      found.map(({ Properties: { FunctionName, Environment } }) => {
        const { Variables } = inWords(Environment) as { Variables: Record<string, string> };
        const values = Object.entries(Variables).map(([key, value]) => [key, value.replaceAll(/[<>]/gu, '')]);
        return [FunctionName, Object.fromEntries(values) as Record<string, string>];
      }),
    );
  };

  /** Calls functions one after the other, as Lambda does, before an AWS that knows the configuration alone. */
  const called = (
    calls: readonly { readonly name: FunctionName; readonly event: object }[],
    aws: 'refuses' | 'takes everything',
  ): readonly { readonly name: string; readonly outcome: string; readonly queues: readonly string[] }[] => {
    const environments = told();
    const given = calls.map(({ name, event }) => ({
      name,
      event,
      file: path.join(bundleFolder(folder, name), 'index.mjs'),
      variables: environments.get(`vending-${name}`),
    }));
    const script = `
      import { readFileSync } from 'node:fs';
      import { createServer } from 'node:http';
      import { text } from 'node:stream/consumers';
      const { given, configuration, status } = JSON.parse(readFileSync(0, 'utf8'));
      let queues = [];
      const server = createServer(async (request, response) => {
        const body = await text(request);
        if (body.includes('"QueueUrl"')) queues.push(JSON.parse(body).QueueUrl);
        if (request.url.includes('/configurations/')) response.end(configuration);
        else response.writeHead(status).end(status === 200 ? '{}' : '{"__type":"AccessDeniedException"}');
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const AWS_ENDPOINT_URL = 'http://127.0.0.1:' + server.address().port;
      const ofLambda = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_ENDPOINT_URL };
      const results = [];
      for (const { name, file, event, variables } of given) {
        process.env = { ...ofLambda, AWS_LAMBDA_FUNCTION_NAME: name, ...variables };
        queues = [];
        const outcome = await import(file)
          .then(({ handler }) => handler(event, { functionName: name, awsRequestId: '1' }))
          .then(() => 'answered', (error) => error.name + ': ' + error.message);
        results.push({ name, outcome, queues });
      }
      console.log(JSON.stringify(results));
      process.exit();`;
    const status = aws === 'refuses' ? 400 : 200;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      env: {},
      input: JSON.stringify({ given, status, configuration: configurationText(withMeshStack()) }),
    });
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as ReturnType<typeof called>;
  };

  it('start on Lambda with what the app tells them, and ask for nothing else', () => {
    const results = called(
      names.map((name) => ({ name, event: {} })),
      'refuses',
    );

    expect(results.map(({ name }) => name)).toEqual(names);
    expect(results.filter(({ outcome }) => /ConfigurationError|environment variable/u.test(outcome))).toEqual([]);
  });

  it('hand what the API is asked for to the function that does it', () => {
    const event = { httpMethod: 'POST', headers: {}, requestContext: { identity: { userArn: 'arn:jane' } } };
    const asking = (resource: string, more: object = {}) =>
      ({ name: 'Api', event: { ...event, resource, path: resource, body: null, ...more } }) as const;
    const adopting = { queryStringParameters: { dryRun: 'true' }, body: '{}' };

    const results = called(
      [asking('/preflight'), asking('/rollouts'), asking('/adoptions', adopting)],
      'takes everything',
    );
    expect(results.map(({ queues }) => [...new Set(queues)])).toEqual([
      ['PreflightsQueue'],
      ['RolloutsQueue'],
      ['AdoptionsQueue'],
    ]);
  });

  it('are the same bytes for the same source, so that only what has changed is deployed, and what is kept holds', () => {
    const kept = path.join(folder, 'kept');
    bundleFunctionsOnce(kept, CONFIGURATION, BUNDLE_CACHE);

    expect(otherThanHere(kept)).toEqual([]);
  });

  it('are made of nothing else than what tells kept ones apart', () => {
    const sources = [...BUNDLED_SOURCES, 'node_modules'];
    const known = (input: string): boolean => sources.some((source) => input.startsWith(`${source}/`));

    expect(Object.keys(metafile.inputs).filter((input) => !known(input))).toEqual([]);
    expect(BUNDLED_SOURCES).toContain('package-lock.json');
  });

  it('have the configuration beside the one that stores it, and no other has', () => {
    const having = bundles.filter((name) => existsSync(path.join(bundleFolder(folder, name), 'configuration.json')));

    expect(having).toEqual(['StoreConfiguration']);
    expect(JSON.parse(read('StoreConfiguration', 'configuration.json').toString())).toEqual(CONFIGURATION);
  });

  it('are the same bytes with another configuration, but for the one that stores it', () => {
    const other = path.join(folder, 'other');
    const { platform, landingZones } = CONFIGURATION;
    const another = { platform: { ...platform, accountAccessRole: 'AnotherRole' }, landingZones };
    bundleFunctionsOnce(other, another, BUNDLE_CACHE);

    expect(otherThanHere(other)).toEqual(['StoreConfiguration']);
  });

  it('that stores the configuration can be loaded by Node, is small, and has no ledger in it', () => {
    const file = path.join(bundleFolder(folder, 'StoreConfiguration'), 'index.mjs');

    expect(loadInNode([file])).toEqual(['handler(event, context)']);
    expect(read('StoreConfiguration').byteLength).toBeLessThan(LARGEST_BYTES);
    expect(packagesIn(metafile, 'StoreConfiguration')).not.toContain('@aws-sdk/client-dynamodb');
  });
});
