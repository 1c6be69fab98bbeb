import type { Ability, Partition } from '../../../functions/domain/places/partitions';
import { PARTITIONS } from '../../../functions/domain/places/partitions';
import { FAULTS } from '../../simulation/fault-name';

/** In the order of the columns. */
const ABILITIES: readonly Ability[] = [
  'createAccount',
  'closeAccount',
  'controlTower',
  'serviceCatalog',
  'identityCenter',
  'costExplorer',
];

/** Every fault of the simulation, in the words of its command. */
export const faultLines = (): readonly string[] =>
  Object.entries(FAULTS).map(([name, means]) => `| \`${name}\` | ${means} |`);

/** What each partition has, with AWS's page. */
export const partitionLines = (): readonly string[] =>
  PARTITIONS.map((partition) => {
    const cells = ABILITIES.map((ability) => abilityCell(partition, ability));
    return `| \`${partition.name}\` ${partition.title} | ${cells.join(' | ')} |`;
  });

function abilityCell({ abilities }: Partition, ability: Ability): string {
  const { available, except = [], page, evidence } = abilities[ability];
  const word = available ? (except.length === 0 ? 'yes' : 'yes, but in some regions') : 'no';
  return `[${word}](${page})${evidence === 'documented' ? '' : ` *${evidence}*`}`;
}

/** Each region that accounts have to enable. */
export const regionLines = (): readonly string[] =>
  PARTITIONS.flatMap(({ optInRegions, abilities }) =>
    Object.entries(optInRegions).map(([region, nearest]) => {
      const isWithout = abilities.serviceCatalog.except?.includes(region) === true;
      return `| ${region} | ${nearest} | ${isWithout ? 'no' : 'yes'} |`;
    }),
  );
