import * as z from 'zod/mini';

import { RejectedError } from '../../domain/base/errors';
import type { Build, BuildRequest, Builds } from '../../ports/builds';
import { automationCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isBuildQueueFull, isInputRefused } from '../base/aws-error';
import { signedClient } from '../base/signed-client';

/** The operations that are called. */
type CodeBuildOperation = 'StartBuild' | 'BatchGetBuilds' | 'ListBuildsForProject' | 'StopBuild';

type Call = (operation: CodeBuildOperation, input: object) => Promise<unknown>;

/**
 * CodeBuild in a region of the automation account, by the function's role there. Four calls of a protocol that is
 * JSON and a header: a client of the SDK would take more of the bundle than all that the function does.
 */
export function codeBuildBuilds(session: AwsSession, region: string): Builds {
  const call = codeBuildClient(session, region);
  return {
    start: (request) =>
      calling(`start a build of ${request.project}`, async () => {
        try {
          const { build } = z.parse(StartedSchema, await call('StartBuild', startInput(request)));
          return buildOf(build);
        } catch (error) {
          if (isBuildQueueFull(error)) return 'full';
          throw isAbsent(error) ? missing(request, error) : error;
        }
      }),
    find: (buildId) =>
      calling(`look for the build ${buildId}`, async () => (await buildsOf(call, [buildId]))[0]?.build),
    findByToken: (project, token, askedAt) =>
      calling(`look through the builds of ${project}`, () => findByToken(call, project, token, askedAt)),
    stop: (buildId) =>
      calling(`stop the build ${buildId}`, async () => {
        try {
          await call('StopBuild', { id: buildId });
        } catch (error) {
          if (!isAbsent(error) && !isInputRefused(error)) throw error;
        }
      }),
  };
}

const missing = ({ project }: BuildRequest, cause: unknown): RejectedError =>
  new RejectedError(
    `There is no CodeBuild project ${project} in the automation account.`,
    'Deploy AutomationAccountStack with the configuration that has this customization, in the region of platform.json, and replay this run.',
    { cause },
  );

function codeBuildClient(session: AwsSession, region: string): Call {
  const { codeBuildEndpoint: endpoint } = session.settings;
  const credentials = automationCredentials(session);
  const send = signedClient(session, { service: 'codebuild', region, credentials, endpoint });
  return (operation, input) =>
    send({
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `CodeBuild_20161006.${operation}` },
      body: JSON.stringify(input),
    });
}

const startInput = (request: BuildRequest): object => {
  const { source } = request;
  return {
    projectName: request.project,
    idempotencyToken: request.token,
    imageOverride: request.image,
    sourceTypeOverride: source.type,
    sourceLocationOverride: source.location,
    sourceVersion: source.version,
    ...(source.connectionArn === null
      ? {}
      : { sourceAuthOverride: { type: 'CODECONNECTIONS', resource: source.connectionArn } }),
    buildspecOverride: request.buildspec,
    environmentVariablesOverride: Object.entries(request.variables).map(([name, value]) => ({
      name,
      value,
      type: 'PLAINTEXT',
    })),
    timeoutInMinutesOverride: request.timeLimitMinutes,
    queuedTimeoutInMinutesOverride: request.queueLimitMinutes,
  };
};

const NamedValuesSchema = z.array(z.object({ name: z.string(), value: z.optional(z.string()) }));

const BuildSchema = z.object({
  id: z.string(),
  buildStatus: z.string(),
  startTime: z.optional(z.number()),
  phases: z.optional(
    z.array(
      z.object({
        phaseType: z.string(),
        phaseStatus: z.optional(z.string()),
        contexts: z.optional(z.array(z.object({ message: z.optional(z.string()) }))),
      }),
    ),
  ),
  logs: z.optional(z.object({ deepLink: z.optional(z.string()) })),
  environment: z.optional(z.object({ environmentVariables: z.optional(NamedValuesSchema) })),
  exportedEnvironmentVariables: z.optional(NamedValuesSchema),
});

type BuildAnswer = z.infer<typeof BuildSchema>;

const StartedSchema = z.object({ build: BuildSchema });
const BuildsSchema = z.object({ builds: z.optional(z.array(BuildSchema)) });
const IdsSchema = z.object({ ids: z.optional(z.array(z.string())), nextToken: z.optional(z.string()) });

/** The variable by which a build is known again. */
const TOKEN_VARIABLE = 'VENDING_BUILD';

/** So many pages of a hundred builds are looked through, the newest first: more than are started between two looks. */
const MAX_PAGES = 10;

async function findByToken(call: Call, projectName: string, token: string, askedAt: Date): Promise<Build | undefined> {
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    // The newest come first unasked; to ask for it is an error where there are more than a hundred.
    const input = { projectName, nextToken };
    const { ids = [], nextToken: next } = z.parse(IdsSchema, await call('ListBuildsForProject', input));
    const found = ids.length === 0 ? [] : await buildsOf(call, ids);
    const ours = found.find(({ answer }) =>
      answer.environment?.environmentVariables?.some(({ name, value }) => name === TOKEN_VARIABLE && value === token),
    );
    if (ours !== undefined) return ours.build;
    const isPast = found.some(({ answer: { startTime } }) => (startTime ?? Infinity) * 1000 < askedAt.getTime());
    if (next === undefined || isPast) return undefined;
    nextToken = next;
  }
  return undefined;
}

async function buildsOf(
  call: Call,
  ids: readonly string[],
): Promise<readonly { readonly answer: BuildAnswer; readonly build: Build }[]> {
  const { builds = [] } = z.parse(BuildsSchema, await call('BatchGetBuilds', { ids }));
  return builds.map((answer) => ({ answer, build: buildOf(answer) }));
}

const buildOf = ({ id, buildStatus, phases, logs, exportedEnvironmentVariables = [] }: BuildAnswer): Build => ({
  id,
  status: statusOf(buildStatus),
  reason: reasonOf(buildStatus, phases),
  logLink: logs?.deepLink ?? null,
  outputs: Object.fromEntries(
    exportedEnvironmentVariables
      .slice(0, MAX_OUTPUTS)
      .map(({ name, value = '' }) => [name.slice(0, MAX_NAME), value.slice(0, MAX_OUTPUT)]),
  ),
});

/** They are kept with the tenant, and shown to people. */
const MAX_OUTPUTS = 20;
const MAX_OUTPUT = 500;
const MAX_NAME = 128;

function statusOf(buildStatus: string): Build['status'] {
  if (buildStatus === 'IN_PROGRESS') return 'running';
  if (buildStatus === 'SUCCEEDED') return 'succeeded';
  return buildStatus === 'STOPPED' ? 'stopped' : 'failed';
}

/** The first phase that has not ended well tells why; those after it fail because of it. */
function reasonOf(buildStatus: string, phases: BuildAnswer['phases'] = []): string | null {
  if (statusOf(buildStatus) === 'running' || statusOf(buildStatus) === 'succeeded') return null;
  const failed = phases.find(({ phaseStatus = 'SUCCEEDED' }) => !['SUCCEEDED', 'IN_PROGRESS'].includes(phaseStatus));
  const words = failed?.contexts?.flatMap(({ message }) => message ?? []).join(' ') ?? '';
  return [buildStatus, ...(failed === undefined ? [] : [`in ${failed.phaseType}`]), words]
    .join(' ')
    .trim()
    .slice(0, 1000);
}
