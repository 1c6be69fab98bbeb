import { type Command, Option } from 'commander';

import type { RolloutAction } from '../../operator/rollouts/rollouts';
import { described, group } from '../described';
import { acting, type Session } from '../session';
import { type ApiGiven, requiredApi } from './api-given';
import { apiOption, jsonOption } from './common';

export const rolloutsCommand = (session: Session): Command =>
  group('rollouts', DESCRIPTION, [
    planCommand(session),
    startCommand(session),
    listCommand(session),
    showCommand(session),
    actionCommand('pause', 'begin no more runs until it is resumed', session),
    actionCommand('resume', 'go on with a rollout that is paused or has stopped', session),
    actionCommand('retry', 'go on, and give tenants that have failed another run', session),
    actionCommand('abort', 'end a rollout; tenants keep the configuration that they have', session),
    promoteCommand(session),
  ]);

const ID = '2f0c1b1e-0000-4000-8000-000000000009';

const DESCRIPTION = {
  summary: 'bring a changed configuration to tenants, in waves',
  notes:
    'A deployment of a changed configuration changes no account by itself: a rollout does. It is planned over all tenants, and started by its token.',
  examples: ['npx account-vending rollouts plan', `npx account-vending rollouts start ${ID}.HASH`],
};

const share = (value: string): number => Number(value);

const planCommand = (session: Session): Command =>
  described('plan', {
    summary: 'show what a rollout of the deployed configuration would change in each tenant',
    examples: [
      'npx account-vending rollouts plan',
      'npx account-vending rollouts plan --canary-unit ou-ab12-sandbox1 --waves 0.1,0.5,1',
      'npx account-vending rollouts plan --to CONFIGURATION_HASH',
      'npx account-vending rollouts plan --kind landing-zone --stop-at 0.01',
    ],
    exitCodes: { 1: 'it was refused, or some tenant cannot be planned' },
  })
    .addOption(
      new Option('--kind <kind>', 'landing-zone: bring accounts to an update of the landing zone of Control Tower')
        .choices(['configuration', 'landing-zone'] as const)
        .default('configuration'),
    )
    .option('--to <hash>', 'go to this configuration, which was deployed before (default: the one that is deployed)')
    .addOption(new Option('--canary-tenants <n>', 'how many tenants come first (default: 5)').argParser(Number))
    .addOption(
      new Option('--canary-unit <ou>', 'the tenants of this unit come first').conflicts(['canaryTenants', 'canaryTag']),
    )
    .addOption(new Option('--canary-tag <key=value>', 'tenants with this tag come first').conflicts(['canaryTenants']))
    .option(
      '--waves <shares>',
      'the share of the others that is reached at the end of each wave (default: 0.05,0.25,1)',
    )
    .addOption(new Option('--most-per-hour <n>', 'tenants to begin in an hour (default: 200)').argParser(Number))
    .addOption(new Option('--most-at-once <n>', 'runs under way at once, 20 at most (default: 20)').argParser(Number))
    .addOption(new Option('--stop-at <share>', 'stop at this share of failures (default: 0.1)').argParser(share))
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async ({ json = false, api, ...given }: PlanGiven) => {
        const { planRollout } = await import('../../operator/rollouts/rollouts');
        return planRollout({ json, ...requestOf(given), apiUrl: await requiredApi(api) }, session.context);
      }),
    );

interface PlanGiven extends ApiGiven {
  readonly kind?: 'configuration' | 'landing-zone';
  readonly to?: string;
  readonly canaryTenants?: number;
  readonly canaryUnit?: string;
  readonly canaryTag?: string;
  readonly waves?: string;
  readonly mostPerHour?: number;
  readonly mostAtOnce?: number;
  readonly stopAt?: number;
}

/** The API judges all of it: only what is a number in a request is made one here. */
function requestOf({ kind, to, waves, mostPerHour, mostAtOnce, stopAt, ...given }: Omit<PlanGiven, 'api' | 'json'>) {
  const canary = canaryOf(given);
  return {
    ...(kind === 'landing-zone' ? { kind } : {}),
    ...(to === undefined ? {} : { configurationHash: to }),
    ...(canary === undefined ? {} : { canary }),
    ...(waves === undefined ? {} : { waves: waves.split(',').map(Number) }),
    ...(mostPerHour === undefined ? {} : { mostTenantsPerHour: mostPerHour }),
    ...(mostAtOnce === undefined ? {} : { mostAtOnce }),
    ...(stopAt === undefined ? {} : { stopAtFailedShare: stopAt }),
  };
}

function canaryOf({ canaryTenants, canaryUnit, canaryTag }: PlanGiven) {
  if (canaryUnit !== undefined) return { organizationalUnit: canaryUnit };
  if (canaryTenants !== undefined) return { tenants: canaryTenants };
  if (canaryTag === undefined) return undefined;
  const [key = '', ...value] = canaryTag.split('=');
  return { tag: { key, value: value.join('=') } };
}

const startCommand = (session: Session): Command =>
  described('start', {
    summary: 'carry out a plan, wave after wave, and watch it',
    notes: 'Interrupted, it goes on: the command only watches.',
    examples: [
      `npx account-vending rollouts start ${ID}.HASH`,
      `npx account-vending rollouts start ${ID}.HASH --consent 40`,
    ],
    exitCodes: { 1: 'it has stopped, or a tenant has failed' },
  })
    .argument('<token>', 'the token that the plan ends with')
    .addOption(
      new Option('--consent <n>', 'the number of tenants with severe changes, where the start asks for it').argParser(
        Number,
      ),
    )
    .option('--after-promotion <file>', 'start only if another organization has rolled out the same files')
    .addOption(configOption())
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (token: string, given: StartGiven) => {
        const { json = false, consent, api, afterPromotion: file, config: folder } = given;
        const { startRollout } = await import('../../operator/rollouts/rollouts');
        const promotion = file === undefined ? {} : { promotion: { file, folder } };
        return startRollout({ json, token, consent, ...promotion, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

interface StartGiven extends ApiGiven {
  readonly consent?: number;
  readonly afterPromotion?: string;
  readonly config: string;
}

const configOption = (): Option =>
  new Option('--config <folder>', 'the configuration that is deployed here, or its overlay').default('config');

const promoteCommand = (session: Session): Command =>
  described('promote', {
    summary: 'write down for the next organization that these files were rolled out here',
    examples: [`npx account-vending rollouts promote ${ID} --config overlays/test --out promotion.json`],
  })
    .argument(...ARGUMENT)
    .addOption(configOption())
    .option('--out <file>', 'where to', 'promotion.json')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (id: string, given: PromoteGiven) => {
        const { json = false, api, config: folder, out: file } = given;
        const { promoteRollout } = await import('../../operator/rollouts/rollouts');
        return promoteRollout({ json, id, file, folder, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

interface PromoteGiven extends ApiGiven {
  readonly config: string;
  readonly out: string;
}

const listCommand = (session: Session): Command =>
  described('list', { summary: 'list rollouts, newest first', examples: ['npx account-vending rollouts list'] })
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async ({ json = false, api }: ApiGiven) => {
        const { listRollouts } = await import('../../operator/rollouts/rollouts');
        return listRollouts({ json, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

const ARGUMENT = ['<id>', 'the id of the rollout, as `npx account-vending rollouts list` shows it'] as const;

const showCommand = (session: Session): Command =>
  described('show', {
    summary: 'show what was planned for each tenant, and what has become of it',
    examples: [`npx account-vending rollouts show ${ID} --failed`],
    exitCodes: { 1: 'a tenant has failed' },
  })
    .argument(...ARGUMENT)
    .option('--failed', 'only tenants that have failed or cannot be planned')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (id: string, given: ApiGiven & { readonly failed?: boolean }) => {
        const { json = false, failed = false, api } = given;
        const { showRollout } = await import('../../operator/rollouts/rollouts');
        return showRollout({ json, id, failed, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

const actionCommand = (action: RolloutAction, summary: string, session: Session): Command =>
  described(action, { summary, examples: [`npx account-vending rollouts ${action} ${ID}`] })
    .argument(...ARGUMENT)
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (id: string, { json = false, api }: ApiGiven) => {
        const { actOnRollout } = await import('../../operator/rollouts/rollouts');
        return actOnRollout({ json, id, action, apiUrl: await requiredApi(api) }, session.context);
      }),
    );
