import * as z from 'zod';
import { ServiceError } from '../../service-error';
import { awsJson } from '../../wire/aws-json';
import { type CallContext, operation, operationsByName, type Service, type Target } from '../operation';
import { statusAt } from './build-state';
import { arnOfProject, described, projectNamed, startBuild, startInput } from './builds';

const refuse = (error: z.ZodError): ServiceError =>
  // @evidence documented codebuild/latest/APIReference/API_StopBuild: InvalidInputException for a value that is not
  //   valid
  new ServiceError('InvalidInputException', error.issues[0]?.message ?? 'Invalid input.');

/** Builds are named after their project, whose ARN is what IAM judges. */
const projectOf = (context: CallContext, id: string): Target => ({
  resource: arnOfProject(context, id.split(':')[0] ?? ''),
});

const getInput = z.object({ ids: z.array(z.string().min(1)).min(1).max(100) });

function batchGet({ state, now }: CallContext, { ids }: z.infer<typeof getInput>): object {
  const found = ids.flatMap((id) => state.builds.get(id) ?? []);
  return {
    builds: found.map((build) => described(build, now)),
    buildsNotFound: ids.filter((id) => !state.builds.has(id)),
  };
}

const listInput = z.object({
  projectName: z.string().min(1),
  sortOrder: z.enum(['ASCENDING', 'DESCENDING']).optional(),
  nextToken: z.string().optional(),
});

/** @evidence documented "botocore codebuild.ListBuildsForProject nextToken": a hundred ids at once, and then a token */
const PAGE = 100;

function list(context: CallContext, { projectName, sortOrder, nextToken }: z.infer<typeof listInput>): object {
  const project = projectNamed(context, projectName);
  const oldestFirst = [...context.state.builds.values()].filter((one) => one.project === project).map(({ id }) => id);
  if (sortOrder !== undefined && oldestFirst.length > PAGE) {
    // @evidence documented "botocore codebuild.ListBuildsForProject sortOrder": to set it is an error where a project
    //   has more than a hundred builds; InvalidInputException is what the operation answers to input that is not valid
    throw new ServiceError('InvalidInputException', 'The builds of this project are too many to be sorted.');
  }
  const ids = sortOrder === 'ASCENDING' ? oldestFirst : oldestFirst.toReversed();
  const from = Number(nextToken ?? 0);
  const rest = from + PAGE < ids.length ? { nextToken: String(from + PAGE) } : {};
  return { ids: ids.slice(from, from + PAGE), ...rest };
}

const stopInput = z.object({ id: z.string().min(1) });

function stop({ state, now }: CallContext, { id }: z.infer<typeof stopInput>): object {
  const build = state.builds.get(id);
  if (build === undefined) {
    // @evidence documented codebuild/latest/APIReference/API_StopBuild: ResourceNotFoundException, 400
    throw new ServiceError('ResourceNotFoundException', `Build cannot be found: ${id}`);
  }
  if (statusAt(build, now) === 'IN_PROGRESS') {
    build.running?.stop();
    build.stoppedAt = now;
  } else if (state.random() < 0.5) {
    // Nothing tells what becomes of a call for a build that is over, so either is drawn.
    // @evidence documented codebuild/latest/APIReference/API_StopBuild: it attempts to stop a build, and may answer
    //   InvalidInputException
    throw new ServiceError('InvalidInputException', `Build is over: ${id}`);
  }
  return { build: described(build, now) };
}

/**
 * CodeBuild as far as starting, watching and stopping builds. Projects are made by CloudFormation; sources are those of
 * the seed.
 */
export const codeBuild: Service = {
  signingName: 'codebuild',
  actionPrefix: 'codebuild',
  protocol: awsJson(),
  operations: operationsByName([
    operation(refuse, {
      // @evidence documented codebuild/latest/APIReference/API_StartBuild: StartBuild answers a build
      name: 'StartBuild',
      write: true,
      input: startInput,
      targets: (context, { projectName }) => [{ resource: arnOfProject(context, projectName) }],
      answer: startBuild,
    }),
    operation(refuse, {
      // @evidence documented codebuild/latest/APIReference/API_BatchGetBuilds: BatchGetBuilds answers builds and
      //   buildsNotFound
      name: 'BatchGetBuilds',
      write: false,
      input: getInput,
      targets: (context, { ids }) => ids.map((id) => projectOf(context, id)),
      answer: batchGet,
    }),
    operation(refuse, {
      // @evidence example "examples of AWS, codebuild:ListBuildsForProject": ListBuildsForProject answers ids
      name: 'ListBuildsForProject',
      write: false,
      input: listInput,
      targets: (context, { projectName }) => [{ resource: arnOfProject(context, projectName) }],
      answer: list,
    }),
    operation(refuse, {
      // @evidence documented codebuild/latest/APIReference/API_StopBuild: StopBuild answers the build
      name: 'StopBuild',
      write: true,
      input: stopInput,
      targets: (context, { id }) => [projectOf(context, id)],
      answer: stop,
    }),
  ]),
  admit: () => undefined,
};
