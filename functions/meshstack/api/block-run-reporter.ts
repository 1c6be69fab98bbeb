import type { BlockRunStep } from '../domain/block-run-report';
import { MeshBuildingBlockRunSchema } from '../domain/mesh-objects';
import type { BlockRunReporter } from '../ports/mesh-stack';
import { type MeshStackSession, type Question, mediaType, objectOf, pathTo } from './mesh-stack-session';

/** What we are called among the sources of a run's status. */
const SOURCE_ID = 'account-vending';

/**
 * Runs are shown by steps, which a source registers and then updates. meshStack answers 409 to what it knows already.
 */
export function blockRunReporter(session: MeshStackSession, runnerUuid: string): BlockRunReporter {
  const path = pathTo('meshBuildingBlockRun');
  const question = (doing: string, method: Question['method'], behind: string, body?: unknown): Question => ({
    doing,
    method,
    path: `${path}/${behind}`,
    mediaType: mediaType('meshBuildingBlockRun', 'v1'),
    ...(body === undefined ? {} : { body }),
    // A claim takes the next run each time.
    mayRepeat: method !== 'POST' || behind.endsWith('/source'),
  });
  return {
    claim: async () => {
      const query = new URLSearchParams({ forRunnerUuid: runnerUuid });
      // None waits, or another poll was faster.
      const { status, content } = await session(
        question('take a building block run', 'POST', `create?${query.toString()}`),
        [404, 409],
      );
      if (status === 404 || status === 409) return undefined;
      return objectOf(MeshBuildingBlockRunSchema, content, 'meshBuildingBlockRun');
    },
    register: async (runUuid, { steps }) => {
      const named = steps.map(({ id, displayName, status }) => ({ id, displayName, status: registrable(status) }));
      const body = { source: { id: SOURCE_ID }, steps: named };
      await session(
        question('name the steps of a building block run', 'POST', `${runUuid}/status/source`, body),
        [404, 409, 410],
      );
    },
    update: async (runUuid, { status, steps }) => {
      const body = { status, steps: steps.map(updated) };
      await session(
        question('update a building block run', 'PATCH', `${runUuid}/status/source/${SOURCE_ID}`, body),
        // A run that is over, or gone, needs no news.
        [404, 409, 410],
      );
    },
  };
}

/** A step cannot begin as ABORTED. */
const registrable = (status: BlockRunStep['status']): string => (status === 'ABORTED' ? 'FAILED' : status);

const updated = ({ id, status, userMessage, systemMessage, accountId }: BlockRunStep): object => ({
  id,
  status,
  ...(userMessage === null ? {} : { userMessage }),
  ...(systemMessage === null ? {} : { systemMessage }),
  ...(accountId === null ? {} : { outputs: { accountId: { value: accountId, type: 'STRING', isSensitive: false } } }),
});
