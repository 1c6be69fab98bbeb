import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import type { Customization } from '../../functions/domain/configuration/customization-schema';

const PRIVATE_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+\/([^:@]+)/u;

/** Whether an image is in a registry of Amazon ECR, from which the build's role has to pull it. */
export const isPrivateImage = (image: string): boolean => PRIVATE_IMAGE.test(image);

/** Reading sources, and images where they are private ones. */
export const readStatements = (customizations: readonly Customization[]): readonly PolicyStatement[] => {
  const sources = customizations.map(({ source }) => source);
  const objects = sources.flatMap((source) =>
    source.type === 's3' ? [`arn:${Aws.PARTITION}:s3:::${source.location}`] : [],
  );
  const connections = sources.flatMap((source) => (source.type === 's3' ? [] : [source.connectionArn]));
  const repositories = customizations.flatMap(({ image }) => repositoryOf(image));
  return [
    ...statement('ReadSource', ['s3:GetObject', 's3:GetObjectVersion'], objects),
    ...statement(
      'ReadRepository',
      ['codeconnections:UseConnection', 'codeconnections:GetConnection', 'codeconnections:GetConnectionToken'],
      connections,
    ),
    ...statement('EnterRegistry', ['ecr:GetAuthorizationToken'], repositories.length === 0 ? [] : ['*']),
    ...statement(
      'PullImage',
      ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
      repositories,
    ),
  ];
};

const statement = (sid: string, actions: string[], resources: readonly string[]): readonly PolicyStatement[] =>
  resources.length === 0 ? [] : [new PolicyStatement({ sid, actions, resources: [...new Set(resources)] })];

function repositoryOf(image: string): readonly string[] {
  const [, account, region, repository] = PRIVATE_IMAGE.exec(image) ?? [];
  if (account === undefined || region === undefined || repository === undefined) return [];
  return [`arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}`];
}
