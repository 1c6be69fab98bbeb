import { readFileSync } from 'node:fs';
import path from 'node:path';

import { allCases } from '../../conformance/all-cases';
import { SERVICES } from '../../conformance/case';
import { projectRoot } from '../../sandbox/environment';
import { conformanceList } from './conformance-page';
import { explainedCases, faultsBetween } from './explained';
import { type EmulatorName, explanations } from './explanations';

const EMULATORS: readonly EmulatorName[] = ['moto', 'ministack'];

/** How many cases of a service differ, by the table of docs/conformance.md. */
function toldByPage(emulator: EmulatorName, service: string): number {
  const page = readFileSync(path.join(projectRoot, 'docs/conformance.md'), 'utf8');
  const cells = page
    .split('\n')
    .find((line) => line.startsWith(`| ${service} | `))
    ?.split('|')
    .map((cell) => cell.trim());
  return Number(cells?.[emulator === 'moto' ? 7 : 10]);
}

describe('the explanations of what emulators do otherwise', () => {
  it('lack none, and have none that nothing needs', () => {
    expect(faultsBetween(['iam: a', 'iam: b'], ['iam: a', 'iam: b'])).toEqual([]);
    expect(faultsBetween(['iam: a', 'iam: b'], ['iam: a'])).toEqual(['iam: b differs, and nothing says why.']);
    expect(faultsBetween(['iam: a'], ['iam: a', 'iam: c'])).toEqual(['iam: c is explained, and does not differ.']);
    expect(faultsBetween(['iam: a'], ['iam: a', 'iam: a'])).toEqual(['iam: a is explained twice.']);
  });

  it.each(EMULATORS)('are about cases that there are, each one once: %s', (emulator) => {
    const names = new Set(allCases.map(({ service, name }) => `${service}: ${name}`));
    const explained = explainedCases(emulator);

    expect(explained.filter((one) => !names.has(one))).toEqual([]);
    expect(explained.filter((one, index) => explained.indexOf(one) < index)).toEqual([]);
  });

  it.each(EMULATORS)('are as many as docs/conformance.md counts, service by service: %s', (emulator) => {
    const explained = explainedCases(emulator);
    const counts = SERVICES.map((service) => [
      service,
      explained.filter((one) => one.startsWith(`${service}: `)).length,
    ]);

    expect(counts).toEqual(SERVICES.map((service) => [service, toldByPage(emulator, service)]));
  });

  it('are listed on the site, with every case', () => {
    const list = conformanceList();
    const lines = new Set(list.split('\n').map((line) => line.trim()));
    const listed = (text: string): string => `- ${text.replaceAll('|', '\\|').replaceAll('<', '&lt;')}`;
    const reasons = EMULATORS.flatMap((emulator) => Object.values(explanations[emulator]).flat());

    expect(reasons.filter(({ why }) => !lines.has(listed(why)))).toEqual([]);
    expect(allCases.filter(({ name, evidence }) => !lines.has(listed(`${name} (${evidence})`)))).toEqual([]);
  });

  it('are sentences', () => {
    const all = Object.values(explanations).flatMap((services) => Object.values(services).flat());

    expect(all.filter(({ why }) => !/^[A-Za-z`_].*\.$/u.test(why)).map(({ why }) => why)).toEqual([]);
    expect(all.filter(({ cases }) => cases.length === 0)).toEqual([]);
  });
});
