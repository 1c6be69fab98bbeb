import * as z from 'zod';
import { sessionToken } from '../../caller';
import { drawEnd, drawUpperCase, drawUuid } from '../../draw';
import { arnIn } from '../../arn';
import type { Session } from '../../organization-state';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import { readBuildspec } from './buildspec';
import { type BuildProject, type BuildWork, projectKey, statusAt } from './build-state';

export const startInput = z.object({
  projectName: z.string().min(1),
  idempotencyToken: z.string().optional(),
  imageOverride: z.string().min(1).optional(),
  sourceTypeOverride: z.enum(['S3', 'GITHUB', 'GITLAB', 'BITBUCKET', 'NO_SOURCE']),
  sourceLocationOverride: z.string(),
  sourceVersion: z.string().optional(),
  sourceAuthOverride: z.object({ type: z.literal('CODECONNECTIONS'), resource: z.string() }).optional(),
  buildspecOverride: z.string(),
  environmentVariablesOverride: z
    .array(z.object({ name: z.string().min(1), value: z.string(), type: z.literal('PLAINTEXT').optional() }))
    .default([]),
  /** @evidence documented "botocore codebuild.StartBuild timeoutInMinutesOverride": 5 to 2160 minutes */
  timeoutInMinutesOverride: z.int().min(5).max(2160).default(60),
  /** @evidence documented codebuild/latest/APIReference/API_StartBuild: 5 to 480 minutes in the queue */
  queuedTimeoutInMinutesOverride: z.int().min(5).max(480).default(480),
});

type StartInput = z.infer<typeof startInput>;

/** @evidence documented codebuild/latest/APIReference/API_StartBuild: a token is valid for five minutes */
const TOKEN_MILLISECONDS = 5 * 60 * 1000;

/** A command that hangs ends with the test, or the patience of somebody who watches. */
const MAX_MILLISECONDS = 30_000;

/** @evidence documented "botocore codebuild.Build": StartBuild answers the build, with its id and status */
export function startBuild(context: CallContext, input: StartInput): object {
  const { state, now } = context;
  const project = projectNamed(context, input.projectName);
  const asked = JSON.stringify(input);
  const same = [...state.builds.values()].find(
    ({ token, startedAt }) =>
      token !== undefined &&
      token === input.idempotencyToken &&
      now - startedAt < TOKEN_MILLISECONDS * state.latencies.scale,
  );
  if (same !== undefined && same.asked !== asked) {
    // @evidence documented codebuild/latest/APIReference/API_StartBuild: a parameter mismatch error for the same token
    //   with another parameter; InvalidInputException is what StartBuild answers to input that is not valid
    throw new ServiceError('InvalidInputException', 'Parameter mismatch: the idempotency token was used before.');
  }
  if (same !== undefined) return { build: described(same, now) };
  checkRoom(context);
  const build = begun(context, project, input, asked);
  state.builds.set(build.id, build);
  return { build: described(build, now) };
}

/**
 * The commands run at once, and what they have made shows when the build has had its time. What a build that is stopped
 * has done by then stays done, on AWS too.
 */
function begun(context: CallContext, project: BuildProject, input: StartInput, asked: string): BuildWork {
  const { state, now } = context;
  const { latencies, random } = state;
  const id = `${project.name}:${drawUuid(random)}`;
  const begunAt = drawEnd(state, now, latencies.buildStart);
  const endsAt = drawEnd(state, begunAt, latencies.build);
  const source = state.seed.buildSources?.find(({ location }) => location === input.sourceLocationOverride);
  // @evidence documented "botocore codebuild.StartBuild environmentVariablesOverride": the variables of the call
  //   override, for this build, those of the project
  const variables = new Map([
    ...project.variables,
    ...input.environmentVariablesOverride.map(({ name, value }) => [name, value] as const),
  ]);
  const buildspec = source === undefined ? null : readBuildspec(input.buildspecOverride, source.files);
  const limit = input.timeoutInMinutesOverride * 60_000 * latencies.scale;
  const running =
    source === undefined
      ? undefined
      : state.buildRunner({
          script: buildspec?.script ?? 'echo "YAML_FILE_ERROR: there is no buildspec" >&2; exit 1',
          exported: buildspec?.exported ?? [],
          files: source.files,
          environment: {
            ...Object.fromEntries(variables),
            CODEBUILD_BUILD_ID: id,
            ...credentialsOf(context, project, id),
          },
          limitMilliseconds: Math.min(limit, MAX_MILLISECONDS),
        });
  const number = [...state.builds.values()].filter((one) => one.project === project).length + 1;
  return {
    id,
    number,
    project,
    token: input.idempotencyToken,
    asked,
    variables,
    image: input.imageOverride ?? '',
    timeLimitMinutes: input.timeoutInMinutesOverride,
    startedAt: now,
    begunAt,
    endsAt,
    source,
    running,
    stoppedAt: null,
  };
}

/** What a container gets: a session of the project's role. */
function credentialsOf({ state, region, now }: CallContext, project: BuildProject, id: string): Record<string, string> {
  const name = project.serviceRole.split('/').at(-1) ?? '';
  const role = state.accounts.get(project.accountId)?.roles.get(name);
  if (role?.trust.document.includes('"codebuild.amazonaws.com"') !== true) return {};
  const sessionName = `AWSCodeBuild-${id.split(':').at(-1) ?? ''}`;
  const session: Session = {
    accountId: role.accountId,
    roleName: role.name,
    roleArn: role.arn,
    roleId: role.id,
    name: sessionName,
    arn: arnIn(state.seed, `sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`),
    policies: [],
    expiresAt: now + 3600 * 1000,
  };
  const accessKeyId = `ASIA${drawUpperCase(state.random, 16)}`;
  state.sessions.set(accessKeyId, session);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: drawUpperCase(state.random, 40),
    AWS_SESSION_TOKEN: sessionToken(accessKeyId),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(state.endpoint === undefined ? {} : { AWS_ENDPOINT_URL: state.endpoint() }),
  };
}

function checkRoom({ state, principal, region, now }: CallContext): void {
  const atWork = [...state.builds.values()].filter(
    (one) =>
      one.project.accountId === principal.accountId &&
      one.project.region === region &&
      statusAt(one, now) === 'IN_PROGRESS',
  );
  if (atWork.length < state.limits.builds) return;
  // @evidence documented "botocore codebuild.StartBuild": AccountLimitExceededException where a limit of the account is
  //   exceeded
  throw new ServiceError(
    'AccountLimitExceededException',
    `Cannot have more than ${state.limits.builds} builds in queue for the account`,
  );
}

export function projectNamed({ state, principal, region }: CallContext, name: string): BuildProject {
  const project = state.buildProjects.get(projectKey(principal.accountId, region, name));
  if (project !== undefined) return project;
  // @evidence documented codebuild/latest/APIReference/API_StartBuild: ResourceNotFoundException, 400, for what cannot
  //   be found
  throw new ServiceError(
    'ResourceNotFoundException',
    `Project cannot be found: ${arnOfProject({ state, principal, region }, name)}`,
  );
}

export const arnOfProject = (
  { state, principal, region }: Pick<CallContext, 'state' | 'principal' | 'region'>,
  name: string,
): string => arnIn(state.seed, `codebuild:${region}:${principal.accountId}:project/${name}`);

/**
 * @evidence documented "botocore codebuild.Build, codebuild.BuildPhase, codebuild.LogsLocation": buildStatus, phases
 *   with contexts, logs with a deepLink, and exportedEnvironmentVariables
 */
export function described(build: BuildWork, now: number): object {
  const { id, number, project, variables, image, timeLimitMinutes, startedAt, endsAt, stoppedAt } = build;
  const status = statusAt(build, now);
  const isOver = status !== 'IN_PROGRESS';
  const result = isOver ? build.running?.result() : undefined;
  const [, stream = ''] = id.split(':');
  const group = `/aws/codebuild/${project.name}`;
  return {
    id,
    buildNumber: number,
    projectName: project.name,
    buildStatus: status,
    buildComplete: isOver,
    currentPhase: isOver ? 'COMPLETED' : now < build.begunAt ? 'PROVISIONING' : 'BUILD',
    startTime: new Date(startedAt),
    ...(isOver ? { endTime: new Date(stoppedAt ?? endsAt) } : {}),
    phases: phasesOf(build, status),
    environment: {
      image,
      environmentVariables: [...variables].map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
    },
    timeoutInMinutes: timeLimitMinutes,
    exportedEnvironmentVariables: Object.entries(result?.outputs ?? {}).map(([name, value]) => ({ name, value })),
    logs: {
      groupName: group,
      streamName: stream,
      deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${project.region}#logsV2:log-groups/log-group/${encodeURIComponent(group)}/log-events/${stream}`,
    },
  };
}

/**
 * @evidence documented "botocore codebuild.BuildPhase, codebuild.PhaseContext": contexts with a message help to find
 *   out why a phase has an error
 */
function phasesOf({ source, running }: BuildWork, status: ReturnType<typeof statusAt>): readonly object[] {
  const started = [{ phaseType: 'SUBMITTED', phaseStatus: 'SUCCEEDED' }];
  if (status === 'IN_PROGRESS') return [...started, { phaseType: 'QUEUED', phaseStatus: 'SUCCEEDED' }];
  if (source === undefined) {
    const contexts = [{ statusCode: 'CLIENT_ERROR', message: 'the source cannot be downloaded' }];
    return [...started, { phaseType: 'DOWNLOAD_SOURCE', phaseStatus: 'FAILED', contexts }];
  }
  const log = running?.result()?.log.trim() ?? '';
  const contexts =
    status === 'SUCCEEDED'
      ? []
      : [{ statusCode: 'COMMAND_EXECUTION_ERROR', message: `Error while executing command. ${log}` }];
  return [
    ...started,
    { phaseType: 'DOWNLOAD_SOURCE', phaseStatus: 'SUCCEEDED' },
    { phaseType: 'BUILD', phaseStatus: status, contexts },
  ];
}
