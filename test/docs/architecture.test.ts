import * as keys from '../../functions/ledger/keys';
import { withPicture } from '../../sandbox/pictures/marked-block';
import { mermaidOf } from '../../sandbox/pictures/mermaid';
import { workflowPages } from '../../sandbox/pictures/workflow-pages';
import { pageOf } from './pages';

describe('the picture of the workflow', () => {
  it.each(Object.entries(workflowPages))(
    'shows it as it is in %s (npm run generate draws it anew)',
    (page, definition) => {
      expect(pageOf(page)).toBe(withPicture(pageOf(page), mermaidOf(definition)));
    },
  );
});

const page = pageOf('docs/architecture.md');

/** What the partition is about, where it is no tenant. */
const IDS: Readonly<Record<string, string>> = {
  preflightKey: '<id>',
  budgetKey: '<service>:<operation>',
  historyKey: '<kind>',
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
