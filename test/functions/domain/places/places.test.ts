import {
  isOptIn,
  lackOf,
  partitionNamed,
  partitionOfRegion,
  PARTITIONS,
  regionHint,
} from '../../../../functions/domain/places/partitions';

describe('a region', () => {
  it.each([
    ['eu-central-1', false],
    ['eu-central-2', true],
    ['eu-moon-1', false],
    ['us-gov-west-1', false],
    ['constructor', false],
  ])('%s has to be enabled first: %s', (region, expected) => {
    expect(isOptIn(region)).toBe(expected);
  });

  it('has a hint where an account may not have it, or nobody knows it', () => {
    expect(regionHint('eu-central-1')).toBe('');
    expect(regionHint('cn-north-1')).toBe('');
    expect(regionHint('eu-central-2')).toMatch(
      /^ Accounts have eu-central-2 only after it was enabled for them \(https:.*stacksets-opt-in-regions\.html\): enable it in this account and in the stack set's, or take it out of regions\.$/,
    );
    expect(regionHint('eu-moon-1')).toMatch(
      /^ eu-moon-1 is not among the regions that are known here \(https:.*manage-acct-regions\.html\): correct it in regions, if it is misspelt\.$/,
    );
  });
});

describe('partitions', () => {
  it('have their names, their regions for global services and the domains of their consoles', () => {
    const facts = PARTITIONS.map(({ name, title, globalRegion, iamRegion, consoleDomain, endpointServices }) => ({
      name,
      title,
      globalRegion,
      iamRegion,
      consoleDomain,
      endpointServices,
    }));
    const services = 'com.amazonaws';
    expect(facts).toEqual([
      {
        name: 'aws',
        title: 'AWS',
        globalRegion: 'us-east-1',
        iamRegion: 'us-east-1',
        consoleDomain: 'console.aws.amazon.com',
        endpointServices: services,
      },
      {
        name: 'aws-us-gov',
        title: 'AWS GovCloud (US)',
        globalRegion: 'us-gov-west-1',
        iamRegion: 'us-gov-west-1',
        consoleDomain: 'console.amazonaws-us-gov.com',
        endpointServices: services,
      },
      {
        name: 'aws-cn',
        title: 'AWS in China',
        globalRegion: 'cn-northwest-1',
        iamRegion: 'cn-north-1',
        consoleDomain: 'console.amazonaws.cn',
        endpointServices: null,
      },
      {
        name: 'aws-eusc',
        title: 'AWS European Sovereign Cloud',
        globalRegion: 'eusc-de-east-1',
        iamRegion: 'eusc-de-east-1',
        consoleDomain: 'console.amazonaws-eusc.eu',
        endpointServices: null,
      },
    ]);
    expect(partitionNamed()).toBeUndefined();
    expect(partitionNamed('aws-cn')?.defaultRegions).toEqual(['cn-north-1', 'cn-northwest-1']);
  });

  const ABILITIES = [
    'createAccount',
    'closeAccount',
    'controlTower',
    'serviceCatalog',
    'identityCenter',
    'costExplorer',
  ] as const;

  it.each([
    ['eu-central-1', []],
    ['ca-west-1', ['serviceCatalog']],
    ['us-gov-west-1', ['createAccount', 'closeAccount', 'costExplorer']],
    ['cn-north-1', ['controlTower']],
    ['eusc-de-east-1', ['serviceCatalog']],
  ])('lack in %s: %j', (region, lacking) => {
    const partition = partitionOfRegion(region);
    expect(ABILITIES.filter((ability) => lackOf(ability, partition, region) !== undefined)).toEqual(lacking);
    expect(lackOf('createAccount', undefined, region)).toBeUndefined();
  });
});
