import { codeBuildBuilds } from '../../../../functions/aws/codebuild/codebuild-builds';
import type { BuildRequest } from '../../../../functions/ports/builds';
import { buildsInSeed } from '../../../sandbox/organization/call-codebuild';
import { OrganizationWorld } from '../organization-world';

const REQUEST: BuildRequest = {
  ...{ project: 'network', token: 'token-1', image: 'standard:7.0', buildspec: 'sub/spec.yml' },
  source: { type: 'S3', location: 'scripts/network.zip', version: '1', connectionArn: null },
  variables: { VENDING_BUILD: 'token-1', CIDR: '10.0.0.0/16' },
  ...{ timeLimitMinutes: 10, queueLimitMinutes: 10 },
};

const started = async () => {
  const world = new OrganizationWorld({ seed: buildsInSeed });
  const builds = codeBuildBuilds(world.caller(), 'eu-central-1');
  const askedAt = new Date();
  const build = await builds.start(REQUEST);
  if (build === 'full') throw new Error('There is no room.');
  return { world, builds, askedAt, build };
};

describe('the builds of CodeBuild', () => {
  it('are found by their token', async () => {
    const { builds, askedAt, build } = await started();
    expect(await builds.findByToken('network', 'token-1', askedAt)).toMatchObject({ id: build.id });
    expect(await builds.findByToken('network', 'token-2', askedAt)).toBeUndefined();
  });

  it('are found among more than a hundred', async () => {
    const { world, builds, askedAt, build } = await started();
    const known = world.organization.state.builds;
    const ours = known.get(build.id);
    if (ours === undefined) throw new Error('The build is not known.');
    for (let number = 2; number <= 150; number += 1) {
      known.set(`network:${number}`, { ...ours, id: `network:${number}`, number, variables: new Map() });
    }
    expect(await builds.findByToken('network', 'token-1', askedAt)).toMatchObject({ id: build.id });
  });
});
