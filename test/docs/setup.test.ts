import { existsSync, readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { projectRoot } from '../../sandbox/environment';
import { automationStack, managementStack, serviceUserStack } from '../infra/account-stacks';
import { vendingTemplate } from '../infra/synthesized-stack';
import { pageOf } from './pages';

const stacks: Readonly<Record<string, Template>> = {
  VendingStack: vendingTemplate(),
  ManagementAccountStack: Template.fromStack(managementStack()),
  AutomationAccountStack: Template.fromStack(automationStack()),
  ServiceUserStack: Template.fromStack(serviceUserStack()),
};

const CONTEXTS = ['configDir', 'kmsKeyArn', 'auditStackSet', 'serviceUser', 'serviceUserAccessKeys'];

/** The commands in the blocks of a page, continued lines put together. */
const commandsOf = (page: string): readonly string[] => {
  const text = pageOf(page).replaceAll('\\\n', ' ');
  const blocks = [...text.matchAll(/```([^\n`]*)\n([\s\S]*?)```/gu)]
    .filter(([, language = '']) => /^(?:sh(?: norun)?)?$/u.test(language))
    .flatMap(([, , block = '']) => block.split('\n'));
  return blocks.map((line) => line.trim()).filter((line) => line !== '');
};

const parametersOf = (template: Template): readonly string[] => Object.keys(template.findParameters('*'));

describe.each(['docs/setup.md', 'README.md'])('the commands of %s', (page) => {
  const cdk = commandsOf(page).filter((line) => line.startsWith('npx cdk'));

  it('name stacks and parameters that there are', () => {
    expect(cdk.length).toBeGreaterThan(2);
    for (const line of cdk) {
      const [, verb, stack = ''] = /^npx cdk (\w+)(?: (\w+Stack))?/u.exec(line) ?? [];
      const parameters = [...line.matchAll(/--parameters (\w+)=/gu)].map(([, name = '']) => name);
      if (verb === 'bootstrap') continue;

      expect(Object.keys(stacks)).toContain(stack);
      const known = stacks[stack];
      expect(known === undefined ? [] : parametersOf(known)).toEqual(expect.arrayContaining(parameters));
    }
  });

  it('name contexts and scripts that there are', () => {
    const scripts = Object.keys(
      (JSON.parse(readFileSync(`${projectRoot}/package.json`, 'utf8')) as { scripts: object }).scripts,
    );
    const named = commandsOf(page).flatMap((line) =>
      [...line.matchAll(/npm run (?:--silent )?([\w:-]+)/gu)].map(([, name = '']) => name),
    );
    const contexts = cdk.flatMap((line) => [...line.matchAll(/--context (\w+)=/gu)].map(([, name = '']) => name));

    expect(scripts).toEqual(expect.arrayContaining(named));
    expect(CONTEXTS).toEqual(expect.arrayContaining(contexts));
  });
});

describe('docs/setup.md', () => {
  const commands = commandsOf('docs/setup.md');

  it('has each command once', () => {
    expect(new Set(commands).size).toBe(commands.length);
  });

  it('deploys, and removes, each stack that is on by default', () => {
    for (const verb of ['deploy', 'destroy']) {
      const named = commands.flatMap((line) => new RegExp(`^npx cdk ${verb} (\\w+)`, 'u').exec(line)?.[1] ?? []);

      expect(named.toSorted()).toEqual(['AutomationAccountStack', 'ManagementAccountStack', 'VendingStack']);
    }
  });

  it('gives each stack the parameters that have no default', () => {
    for (const line of commands.filter((one) => one.startsWith('npx cdk deploy'))) {
      const template = stacks[/deploy (\w+)/u.exec(line)?.[1] ?? ''];
      const needed = Object.entries(template?.findParameters('*') ?? {})
        .filter(([, parameter]) => !('Default' in (parameter as object)))
        .map(([name]) => name);
      const given = [...line.matchAll(/--parameters (\w+)=/gu)].map(([, name = '']) => name);

      expect(given).toEqual(expect.arrayContaining(needed));
    }
  });

  it('gives the stacks that need no bootstrap the same, by CloudFormation itself', () => {
    const direct = commands.filter((one) => one.startsWith('aws cloudformation deploy'));
    expect(direct).toHaveLength(2);
    for (const line of direct) {
      const [, stack = '', file = ''] =
        /--stack-name (\w+) --template-file cdk\.out\/(\w+)\.template/u.exec(line) ?? [];
      const needed = Object.entries(stacks[stack]?.findParameters('*') ?? {})
        .filter(([, parameter]) => !('Default' in (parameter as object)))
        .map(([name]) => name);
      const [, overrides = ''] = /--parameter-overrides (.*)/u.exec(line) ?? [];

      expect(file).toBe(stack);
      expect([...overrides.matchAll(/(\w+)=/gu)].map(([, name]) => name).toSorted()).toEqual(needed.toSorted());
      expect(line).toContain('--capabilities CAPABILITY_NAMED_IAM');
    }
  });

  it('names files that there are', () => {
    const files = commands.flatMap((line) => [...line.matchAll(/sandbox\/[\w./-]+/gu)].map(([file]) => file));

    expect(files.filter((file) => !existsSync(`${projectRoot}/${file}`))).toEqual([]);
  });
});
