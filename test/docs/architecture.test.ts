import * as keys from '../../functions/ledger/base/keys';
import { withPicture } from '../../sandbox/commands/pictures/marked-block';
import { mermaidOf } from '../../sandbox/commands/pictures/mermaid';
import { workflowPages } from '../../sandbox/commands/pictures/workflow-pages';
import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { statesOf } from '../statemachines/states';
import { codeIn, pageOf, pages, rowsOf } from './pages';

describe('the picture of the workflow', () => {
  it.each(Object.entries(workflowPages))(
    'shows it as it is in %s (npm run generate draws it again)',
    (page, definition) => {
      expect(pageOf(page)).toBe(withPicture(pageOf(page), mermaidOf(definition)));
    },
  );
});

const page = pageOf('docs/architecture.md');
const workflows = [vendAccount, closeAccount].flatMap(statesOf);

describe('the table of the states', () => {
  it('names every step, and says what it does', () => {
    const rows = rowsOf('docs/architecture.md', 'state of the workflow');
    const tasks = [...new Set(workflows.flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : [])))];

    expect(rows.flatMap(([cell = '']) => codeIn(cell)).toSorted()).toEqual(tasks.toSorted());
    expect(rows.filter(([, comment = '']) => comment.length < 10)).toEqual([]);
  });
});

describe('the big diagram', () => {
  it('is on one page alone', () => {
    expect(pages.filter((one) => pageOf(one).includes('PlanVending --> IsAccountKnown'))).toEqual([
      'docs/architecture.md',
    ]);
  });
});

/** What the partition is about, where it is no tenant. */
const IDS: Readonly<Record<string, string>> = {
  preflightKey: '<id>',
  landingZoneKey: '<name>',
  budgetKey: '<service>:<operation>',
  historyKey: '<kind>',
  operationWaitKey: '<operation>',
  usageKey: '<month>',
  usageRequestsKey: '<month>',
};

/** Their keys are not made of a tenant, a sequence and a run. */
const OF_SEVERAL_PARTS = [
  'claimKey',
  'laneKey',
  'lineKey',
  'waiterKey',
  'usageContentKey',
  'sourceKey',
  'sourceNumbersKey',
  'sourceTenantKey',
];

describe('docs/architecture.md', () => {
  it.each(
    Object.entries(keys)
      .filter(([name]) => name.endsWith('Key') && !OF_SEVERAL_PARTS.includes(name))
      .map(([name, make]) => [name, (make as typeof keys.planKey)(IDS[name] ?? '<tenant uuid>', 1, 2)] as const),
  )('lists the item of the ledger that %s makes', (_, { partition, sort }) => {
    const inWords = sort.replace('0000000000000001', '<sequence>').replace('#2', '#<run>');

    expect(page).toContain(`| \`${partition}\` | \`${inWords}\` |`);
  });

  it.each([
    keys.laneKey('<lane>'),
    keys.lineKey('<lane>'),
    keys.waiterKey('<lane>', '<since>', '<tenant uuid>', { replicationSequence: 1, run: 2 }),
  ])('lists the item of a lane: $sort', ({ partition, sort }) => {
    expect(page).toContain(`| \`${partition}\` | \`${sort.replace('#1#2', '#<sequence>#<run>')}\` |`);
  });

  it.each([
    keys.sourceKey('<platform>'),
    keys.sourceNumbersKey('<platform>'),
    keys.sourceTenantKey('<platform>', '<tenant uuid>'),
  ])('lists the item of a meshStack that is read: $sort', ({ partition, sort }) => {
    expect(page).toContain(`| \`${partition}\` | \`${sort}\` |`);
  });

  it('lists the item of a part of a month', () => {
    const { partition, sort } = keys.usageContentKey('<month>', '<hash>', 0);

    expect(page).toContain(`| \`${partition}\` | \`${sort.replace('#0', '#<part>')}\` |`);
  });

  it.each(
    Object.entries(keys)
      .filter(([name]) => name.endsWith('Claim'))
      .map(([name, make]) => [name, (make as typeof keys.aliasClaim)('…')] as const),
  )('lists the claim that %s makes', (_, claim) => {
    expect(page).toContain(`\`${claim}\``);
  });
});

describe('the glossary', () => {
  const words = rowsOf('docs/architecture.md', 'word').map(([word = '']) => word);

  it('explains each word once', () => {
    expect(words).not.toEqual([]);
    expect(new Set(words).size).toBe(words.length);
  });
});
