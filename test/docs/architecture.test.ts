import { readFileSync } from 'node:fs';
import * as keys from '../../functions/ledger/keys';
import { withPicture } from '../../sandbox/pictures/marked-block';
import { mermaidOf } from '../../sandbox/pictures/mermaid';
import definition from '../../statemachines/vend-account.asl.json';

const page = readFileSync('docs/architecture.md', 'utf8');

describe('docs/architecture.md', () => {
  it('shows the workflow as it is (npx tsx sandbox/commands/draw-workflow.ts draws it anew)', () => {
    expect(page).toBe(withPicture(page, mermaidOf(definition)));
  });

  it.each(
    Object.entries(keys)
      .filter(([name]) => name.endsWith('Key') && name !== 'claimKey')
      .map(([name, make]) => [name, (make as typeof keys.planKey)('<tenant uuid>', 1, 2)] as const),
  )('lists the item of the ledger that %s makes', (_, { partition, sort }) => {
    const inWords = sort.replace('0000000000000001', '<sequence>').replace('#2', '#<run>');

    expect(page).toContain(`| \`${partition}\` | \`${inWords}\` |`);
  });

  it.each(
    Object.entries(keys)
      .filter(([name]) => name.endsWith('Claim'))
      .map(([name, make]) => [name, (make as typeof keys.aliasClaim)('…')] as const),
  )('lists the claim that %s makes', (_, claim) => {
    expect(page).toContain(`\`${claim}\``);
  });
});
