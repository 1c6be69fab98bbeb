import { type Ability, type Partition, PARTITIONS } from '../../functions/domain/places/partitions';
import { rowsOf } from './pages';

const ABILITIES: readonly Ability[] = [
  'createAccount',
  'closeAccount',
  'controlTower',
  'serviceCatalog',
  'identityCenter',
  'costExplorer',
];

function cellOf({ abilities }: Partition, ability: Ability): string {
  const { available, except = [], page, evidence } = abilities[ability];
  const word = available ? (except.length === 0 ? 'yes' : 'yes, but in some regions') : 'no';
  return `[${word}](${page})${evidence === 'documented' ? '' : ` *${evidence}*`}`;
}

describe('the page about partitions and regions', () => {
  it('has the table that the application goes by', () => {
    expect(rowsOf('docs/places.md', 'partition')).toEqual(
      PARTITIONS.map((partition) => [
        `\`${partition.name}\` ${partition.title}`,
        ...ABILITIES.map((ability) => cellOf(partition, ability)),
      ]),
    );
  });

  it('has every region that accounts have to enable', () => {
    const wanted = PARTITIONS.flatMap(({ optInRegions, abilities }) =>
      Object.entries(optInRegions).map(([region, nearest]) => [
        region,
        nearest,
        abilities.serviceCatalog.except?.includes(region) === true ? 'no' : 'yes',
      ]),
    );
    expect(rowsOf('docs/places.md', 'region')).toEqual(wanted);
  });
});
