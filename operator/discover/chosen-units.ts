import { nearest } from '../../functions/domain/base/nearest-name';
import type { FoundOrganization, FoundUnit } from './found-organization';

/** Units whose names say that no tenant's account belongs there. */
const NOT_FOR_TENANTS = /^(?:security|suspended|infrastructure|policy.?staging|transitional|exceptions|core)$/iu;

/**
 * The units that landing zones are proposed for: those that hold no account of the platform itself and, where Control
 * Tower enrolls accounts, those that it governs.
 */
export function proposedUnits(found: FoundOrganization): readonly FoundUnit[] {
  const { controlTower, management, automationAccountId, meshcloudAccountId } = found;
  const ofPlatform = new Set([
    management.id,
    automationAccountId,
    meshcloudAccountId,
    ...(controlTower?.sharedAccountIds ?? []),
  ]);
  const taken = new Set(found.accounts.filter(({ id }) => ofPlatform.has(id)).map(({ unitId }) => unitId));
  const free = found.units.filter(({ id, name }) => !taken.has(id) && !NOT_FOR_TENANTS.test(name));
  const governed = free.filter(({ baseline }) => baseline !== null);
  return governed.length > 0 ? governed : free;
}

/**
 * The units that somebody names by id, by name, or by path from the root (`Workloads/Dev`).
 *
 * @returns what is wrong, as a sentence, where one of them is none or could be several
 */
export function namedUnits(units: readonly FoundUnit[], names: readonly string[]): readonly FoundUnit[] | string {
  const chosen: FoundUnit[] = [];
  for (const name of names) {
    const found = units.filter((unit) => [unit.id, unit.name, unit.path.join('/')].includes(name));
    const [one, ...others] = found;
    if (one === undefined) return unknownUnit(units, name);
    if (others.length > 0) {
      return `Several organizational units are called ${name}: ${found.map(({ id, path }) => `${path.join('/')} (${id})`).join(', ')}. Give the path or the id.`;
    }
    if (!chosen.includes(one)) chosen.push(one);
  }
  return chosen;
}

function unknownUnit(units: readonly FoundUnit[], name: string): string {
  const paths = units.map(({ path }) => path.join('/'));
  const near = nearest(name, [...paths, ...units.map((unit) => unit.name)]);
  const hint = near === undefined ? `There are ${paths.join(', ') || 'none'}.` : `Did you mean ${near}?`;
  return `The organization has no organizational unit ${name}. ${hint}`;
}

/** A name for the landing zone of each unit: `aws-dev`, or with the unit above it where two would be alike. */
export function landingZoneNames(units: readonly FoundUnit[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const unit of units) {
    const candidates = [unit.path.slice(-1), unit.path, [...unit.path, unit.id]].map(slug);
    const free = candidates.find((name) => ![...names.values()].includes(name));
    names.set(unit.id, free ?? slug([unit.id]));
  }
  return names;
}

const slug = (words: readonly string[]): string =>
  `aws-${words.join('-')}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/-+$/gu, '')
    .slice(0, 64);
