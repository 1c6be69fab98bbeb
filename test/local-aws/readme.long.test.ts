import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';
import { type Block, blocksOf, codeIn, rowsOf } from '../docs/pages';
import { awsCommandLine, type Ran, ShellSession } from './shell-session';

/**
 * Read from top to bottom, one after another, in one terminal. The README starts the local AWS that the pages behind it
 * use; the last page starts one that fails, in its place.
 */
const PAGES = [
  'docs/demo.md',
  'docs/commands.md',
  'docs/events.md',
  'docs/metering.md',
  'README.md',
  'docs/api.md',
  'docs/local-aws.md',
  'docs/see-one-fail.md',
];
const ENDPOINTS_FILE = path.join(projectRoot, '.cache/endpoints.env');

/** The line before a block that stands right after another one. */
const FENCE = '```';

interface Step {
  readonly page: string;
  readonly commands: string;
  /** The answer that the page shows right after the commands. */
  readonly shown: string | undefined;
}

const blocks = PAGES.flatMap((page) => blocksOf(page).map((block) => ({ page, ...block })));
const steps: readonly Step[] = blocks.flatMap(({ page, info, text }, index) => {
  const next = blocks[index + 1];
  const shown = next?.info === 'json' && next.before === FENCE ? next.text : undefined;
  return info === 'sh' ? [{ page, commands: text, shown }] : [];
});

const named = (list: readonly Step[]): readonly (readonly [string, Step])[] =>
  list.map((step) => [`${step.page}: ${step.commands.trim()}`, step] as const);

/** Commands that stay up until Ctrl-C. */
const STAYS_UP = ['npm start\n', 'npx account-vending start --faults creation-failures\n'];
const staysUp = ({ commands }: Step): boolean => STAYS_UP.includes(commands);

/** They take three minutes on an idle machine; only what hangs takes this long. */
const HANGS_AFTER = 2_400_000;

describe('the commands of the documentation', () => {
  const ran = new Map<Step, Ran>();
  beforeAll(async () => {
    await ensurePythonEnvironment();
    const session = await ShellSession.open(await awsCommandLine());
    try {
      for (const step of steps) {
        if (!staysUp(step)) ran.set(step, await session.run(step.commands));
        else {
          await session.endStarted();
          await session.start(step.commands, 'Ctrl-C ends it');
        }
      }
    } finally {
      await session.close();
    }
  }, HANGS_AFTER);

  it.each(named(steps.filter((step) => !staysUp(step))))('work: %s', (_, step) => {
    // Whole, so that a failure shows what was printed.
    expect(ran.get(step)).toEqual({ ...ran.get(step), exitCode: 0 });
  });

  it.each(named(steps.filter(({ shown }) => shown !== undefined)))('are answered as shown: %s', (_, step) => {
    expect(formOf(JSON.parse(ran.get(step)?.stdout ?? ''))).toEqual(formOf(JSON.parse(step.shown ?? '')));
  });

  it('have two that stay up, one after the other, and Ctrl-C ends them and leaves nothing', () => {
    expect(steps.filter(staysUp).map(({ commands }) => commands)).toEqual(STAYS_UP);
    expect(existsSync(ENDPOINTS_FILE)).toBe(false);
  });

  it('show by the AWS CLI that somebody whom the next event does not name has left the group, and that the others stay', () => {
    const answers = steps
      .filter(({ page, commands }) => page === 'docs/local-aws.md' && commands.includes('describe-user'))
      .map((step) => ran.get(step)?.stdout.trim().split('\n').toSorted());

    expect(answers).toEqual([['mei@corp.example', 'omar@corp.example'], ['mei@corp.example']]);
  });

  it('see one fail by the fault that is named, and vended once it was replayed', () => {
    const told = steps
      .filter(({ page }) => page === 'docs/see-one-fail.md')
      .flatMap((step) => {
        const { stdout = '' } = ran.get(step) ?? {};
        return [{ commands: step.commands, stdout }];
      });
    const saidBy = (part: string): string => told.find(({ commands }) => commands.includes(part))?.stdout ?? '';

    expect(saidBy('order')).toContain('FAILED');
    expect(saidBy('show payments.fraud-lab\n')).toContain('ACCOUNT_LIMIT_EXCEEDED');
    expect(saidBy('list-create-account-status')).toContain('ACCOUNT_LIMIT_EXCEEDED');
    expect(saidBy('--yes')).toMatch(/ (?:restarted|redriven)\n/u);
    expect(saidBy('--watch')).toContain('VENDED');
  });

  it('reach the local AWS by a profile of the AWS CLI, and by one command', () => {
    const saidBy = (part: string): string =>
      steps
        .filter(({ page, commands }) => page === 'docs/local-aws.md' && commands.includes(part))
        .map((step) => ran.get(step)?.stdout ?? '')
        .join('');
    expect(saidBy('--profile local ').match(/"name": "vend-account"/gu)).toHaveLength(2);
    expect(saidBy('--profile local-management')).toContain('"Account": "222222222222"');
  });

  it('print the JSON of the demo with the fields that docs/demo.md describes, and no others', () => {
    const demo = steps.find(({ commands }) => commands.includes('demo') && commands.includes('--json'));
    const report: unknown = JSON.parse((demo === undefined ? undefined : ran.get(demo)?.stdout) ?? '');
    const described = rowsOf('docs/demo.md', 'field').flatMap(([field = '']) => codeIn(field));
    const { fields, unseen } = fieldsOf(report);

    expect(fields.filter((field) => !described.includes(field))).toEqual([]);
    expect(
      described.filter((field) => !fields.includes(field) && !unseen.some((list) => field.startsWith(list))),
    ).toEqual([]);
  });
});

describe('the blocks of the documentation', () => {
  it('call npm, curl and aws', () => {
    const commands = steps.map((step) => step.commands).join('');

    const expected = [
      'npm run demo\n',
      'npm run demo -- --deployed',
      'npm run plan',
      'npm run usage-report',
      'npm start',
    ];
    expect([...expected, 'curl ', 'aws events'].filter((name) => !commands.includes(name))).toEqual([]);
  });

  it.each(blocks.filter(({ info }) => info === 'sh norun').map((block): [string, Block] => [block.text.trim(), block]))(
    'give a reason where they are not run: %s',
    (_, { before }) => {
      expect(before).toMatch(/^<!-- not run by the test: .+ -->$/u);
    },
  );

  it('are of no kind that would hide commands from this test', () => {
    const kinds = new Set(blocks.map(({ info }) => info));

    expect([...kinds].filter((kind) => !['sh', 'sh norun', 'json', 'text', 'mermaid'].includes(kind))).toEqual([]);
  });
});

/** Names and nesting of an answer without its values: ids and times differ from run to run. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(formOf);
  if (typeof value !== 'object' || value === null) return 'value';
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, formOf(inner)]));
}

/** Their names are data: keys of tags, parts of policies. */
const CONTENT = new Set(['tags', 'trust', 'document', 'parameters', 'landingZonePayloads']);

/** The fields of a report as paths such as `vendings[].status`, and the lists and objects of which it has none. */
function fieldsOf(report: unknown): { readonly fields: readonly string[]; readonly unseen: readonly string[] } {
  const fields = new Set<string>();
  const seen = new Set<string>();
  const empty = new Set<string>();
  const look = (value: unknown, at: string): void => {
    if (Array.isArray(value)) {
      if (value.length === 0) empty.add(`${at}[]`);
      else seen.add(`${at}[]`);
      for (const item of value) look(item, `${at}[]`);
    } else if (typeof value === 'object' && value !== null) {
      seen.add(`${at}.`);
      for (const [name, inner] of Object.entries(value)) {
        const field = at === '' ? name : `${at}.${name}`;
        fields.add(field);
        if (!CONTENT.has(name)) look(inner, field);
      }
    } else if (value === null) empty.add(`${at}.`);
  };
  look(report, '');
  return { fields: [...fields], unseen: [...empty].filter((list) => !seen.has(list)) };
}
