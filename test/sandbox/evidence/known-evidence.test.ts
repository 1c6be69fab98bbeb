import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../sandbox/environment';
import { evidenceList, withCounts } from '../../../sandbox/evidence/evidence-page';
import { withFigures } from '../../../sandbox/evidence/readme-figures';
import { behaviours, CLASSES, countsOf, evidenceCounts, evidenceGaps } from '../../../sandbox/evidence/known-evidence';
import { rowsOf } from '../../docs/pages';

/** How much of a service nobody has a source for. It may only fall: find a source, or ask AWS. */
const MOST_ASSUMED: Readonly<Record<string, number>> = {
  cloudformation: 2,
  'control-tower': 2,
  organizations: 5,
  'service-catalog': 3,
  'sso-admin': 1,
  sts: 1,
};

/** Nor may it be more than this share of any service. */
const MOST_SHARE = 0.05;

describe('the evidence of the model of AWS', () => {
  const all = behaviours();

  it('stands beside every operation and every error', () => {
    expect(all.length).toBeGreaterThan(400);
    expect(evidenceGaps()).toEqual([]);
  });

  it('assumes no more than before', () => {
    const services = [...new Set(all.map(({ service }) => service))].toSorted();
    const assumed = services.map(
      (service) => [service, countsOf(all.filter((one) => one.service === service)).assumed] as const,
    );

    expect(Object.fromEntries(assumed.filter(([, count]) => count > 0))).toEqual(MOST_ASSUMED);
  });

  it.each([...new Set(all.map(({ service }) => service))])('assumes little of %s', (service) => {
    const own = all.filter((one) => one.service === service);

    expect(countsOf(own).assumed / own.length).toBeLessThanOrEqual(MOST_SHARE);
  });

  it('is counted by class and plane', () => {
    const { behaviours: total, classes, planes } = evidenceCounts(all);
    const sum = (counts: Readonly<Record<string, number>>): number =>
      Object.values(counts).reduce((one, other) => one + other, 0);

    expect(sum(classes)).toBe(total);
    expect(sum(planes.runtime) + sum(planes.organization)).toBe(total);
  });

  it('is counted in docs/aws-evidence.md', () => {
    // After a change: npm run evidence -- --write
    const page = readFileSync(path.join(projectRoot, 'docs/aws-evidence.md'), 'utf8');

    expect(withCounts(page, all)).toBe(page);
  });

  it('explains each of its classes in docs/aws-evidence.md', () => {
    const explained = rowsOf('docs/aws-evidence.md', 'class').map(([name]) => name);

    expect(explained).toEqual([...CLASSES]);
  });

  it('is listed on the site, each behaviour with its class, its source and a link to a file that is there', () => {
    const rows = evidenceList(all)
      .split('\n')
      .filter((line) => CLASSES.some((one) => line.startsWith(`| ${one} | `)));
    const files = rows.flatMap((row) => /\]\(([^)]+)\) \|$/u.exec(row)?.[1] ?? []);

    expect(rows).toHaveLength(all.length);
    expect(files).toHaveLength(all.length);
    expect(files.filter((file) => !existsSync(path.join(projectRoot, file)))).toEqual([]);
  });

  it('has its figures in the README', () => {
    const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');

    expect(readme).toMatch(/<!-- evidence -->of \d+ beliefs/u);
    expect(withFigures(readme, evidenceCounts(all))).toBe(readme);
  });
});
