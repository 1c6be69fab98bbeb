import { STSClient } from '@aws-sdk/client-sts';

import { PARTITIONS, partitionOfRegion } from '../../../../functions/domain/places/partitions';

const regionsOf = ({ defaultRegions, optInRegions }: (typeof PARTITIONS)[number]): readonly string[] => [
  ...defaultRegions,
  ...Object.keys(optInRegions),
];

/** What the SDK knows of the region: the end of its host names tells the partition. */
function suffixOf(region: string): string {
  const { hostname } = new STSClient({}).config.endpointProvider({ Region: region }).url;
  return hostname.slice(`sts.${region}.`.length);
}

const SUFFIXES: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
};

describe('the table of places', () => {
  it.each(PARTITIONS.map((partition) => [partition.name, partition] as const))(
    'agrees in %s with the SDK',
    (name, partition) => {
      for (const region of regionsOf(partition)) {
        expect([region, suffixOf(region)]).toEqual([region, SUFFIXES[name]]);
      }
    },
  );

  it('has each region once, and opt-in regions beside a region that every account has', () => {
    const all = PARTITIONS.flatMap(regionsOf);
    expect(new Set(all).size).toBe(all.length);
    for (const { name, defaultRegions, optInRegions, globalRegion, abilities } of PARTITIONS) {
      expect([name, defaultRegions]).toEqual([name, expect.arrayContaining([globalRegion])]);
      expect(defaultRegions).toEqual(expect.arrayContaining(Object.values(optInRegions)));
      const exceptions = Object.values(abilities).flatMap(({ except = [] }) => except);
      expect(exceptions.map((region) => partitionOfRegion(region)?.name)).toEqual(exceptions.map(() => name));
    }
  });

  it('names a page for each cell', () => {
    for (const { abilities, regionsPage } of PARTITIONS) {
      for (const page of [regionsPage, ...Object.values(abilities).map((cell) => cell.page)]) {
        expect(page).toMatch(
          /^https:\/\/(?:docs\.(?:aws\.amazon\.com|amazonaws\.cn|aws\.eu)\/\S+\.html|github\.com\/boto\/botocore\/\S+\.json)$/u,
        );
      }
    }
  });
});
