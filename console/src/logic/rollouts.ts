import type { Schemas } from '../api/client';

type Rollout = Schemas['Rollout'];
type Status = Schemas['RolloutStatus'];

export type RolloutAction = 'pause' | 'resume' | 'retry' | 'abort';

/** Every status of a rollout, as a badge. */
export const ROLLOUTS = {
  PLANNING: { type: 'in-progress', text: 'Planning' },
  SUMMING: { type: 'in-progress', text: 'Planning: adding up' },
  PLANNED: { type: 'warning', text: 'Planned: waits for you' },
  REFUSED: { type: 'error', text: 'Refused' },
  RUNNING: { type: 'in-progress', text: 'Running' },
  PAUSED: { type: 'warning', text: 'Paused' },
  STOPPED: { type: 'error', text: 'Stopped: waits for you' },
  ENDED: { type: 'success', text: 'Ended' },
  ABORTED: { type: 'stopped', text: 'Aborted' },
} as const satisfies Readonly<Record<Status, unknown>>;

export const isRolloutUnderWay = ({ status }: Pick<Rollout, 'status'>): boolean =>
  status === 'PLANNING' || status === 'SUMMING' || status === 'RUNNING';

const OVER: readonly Status[] = ['REFUSED', 'ENDED', 'ABORTED'];

/** What a person may ask of a rollout as it stands; the API has the last word. */
export function actionsOf({ status, failed }: Pick<Rollout, 'status' | 'failed'>): readonly RolloutAction[] {
  if (OVER.includes(status)) return [];
  const waits = status === 'PAUSED' || status === 'STOPPED';
  const isStarted = waits || status === 'RUNNING';
  return [
    ...(status === 'RUNNING' ? (['pause'] as const) : []),
    ...(waits ? (['resume'] as const) : []),
    ...(isStarted && failed > 0 ? (['retry'] as const) : []),
    'abort',
  ];
}

/** The number that a start has to name; null: it need not name any. */
export function consentOf({ severe, limits }: Pick<Rollout, 'severe' | 'limits'>): number | null {
  const most = Math.max(severe.removesAccess, severe.movesUnit, severe.removesStackSet);
  return most > limits.mostSevereWithoutConsent ? most : null;
}

export interface Wave {
  readonly name: string;
  readonly status: 'success' | 'loading' | 'pending' | 'stopped';
}

/**
 * The canary, the waves with their shares, and those that were busy when their turn came; of a landing zone its units,
 * and the accounts that are updated alone.
 */
export function wavesOf({ limits, landingZone, status, wave, startedAt }: WavesOf): readonly Wave[] {
  const ofConfiguration = [
    `Canary: ${canaryText(limits.canary)}`,
    ...limits.waves.map((share, index) => `Wave ${index + 1}: ${percent(share)} of the others`),
    'Tenants that were busy, or are new',
  ];
  const names =
    landingZone === undefined
      ? ofConfiguration
      : [
          ...landingZone.units.map(
            ({ id, accounts }) => `${id}: ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`,
          ),
          'Accounts one by one',
        ];
  return names.map((name, index) => {
    if (startedAt === null) return { name, status: 'pending' };
    if (status === 'ENDED' || index < wave) return { name, status: 'success' };
    if (index > wave) return { name, status: 'pending' };
    return { name, status: status === 'RUNNING' ? 'loading' : 'stopped' };
  });
}

type WavesOf = Pick<Rollout, 'limits' | 'landingZone' | 'status' | 'wave' | 'startedAt'>;

function canaryText({ tenants, organizationalUnit, tag }: Rollout['limits']['canary']): string {
  if (organizationalUnit !== undefined) return `those in ${organizationalUnit}`;
  if (tag !== undefined) return `those with the tag ${tag.key} = ${tag.value}`;
  return `${tenants ?? 0} ${tenants === 1 ? 'tenant' : 'tenants'}`;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

/** Where it is: `canary`, `wave 2`. */
export const placeText = ({ wave, startedAt }: Pick<Rollout, 'wave' | 'startedAt'>): string =>
  startedAt === null ? '–' : wave === 0 ? 'canary' : `wave ${wave}`;

type Named = Pick<Rollout, 'kind' | 'landingZone' | 'targetHash'>;

/** What it brings tenants or accounts to: a configuration, or the landing zone of Control Tower. */
export function targetText({ kind, landingZone, targetHash }: Named): string {
  if (kind !== 'landing-zone') return `configuration ${shortHash(targetHash)}`;
  return landingZone === undefined ? 'the landing zone' : `landing zone ${landingZone.version}`;
}

export const titleOf = (rollout: Named): string => `Rollout of ${targetText(rollout)}`;

/** An estimate: `about 3.5 hours`. */
export const timeLeftText = ({ secondsLeft }: Pick<Rollout, 'secondsLeft'>): string =>
  secondsLeft === undefined ? '–' : `about ${(secondsLeft / 3600).toFixed(1)} hours`;

/** As people compare them. */
export const shortHash = (hash: string): string => hash.slice(0, 8);

/**
 * Shares as people type them: `5, 25, 100`. Null: it is no such list.
 *
 * @public
 */
export function sharesIn(text: string): readonly number[] | null {
  const parts = text.split(',').map((part) => part.trim().replace(/\s*%$/u, ''));
  const numbers = parts.map(Number);
  return parts.some((part) => part === '') || numbers.some(Number.isNaN) ? null : numbers.map((one) => one / 100);
}

/** What is asked of a plan, as typed. */
export interface RolloutDraft {
  readonly kind: NonNullable<Rollout['kind']>;
  /** Of a configuration: its hash; '': the one that is deployed. */
  readonly target: string;
  readonly canary: string;
  readonly waves: string;
  readonly perHour: string;
  readonly atOnce: string;
  /** Of a landing zone: the unit that comes first; '': the smallest one. */
  readonly unit: string;
  readonly stopAt: string;
}

/** With the defaults of the API. */
export const NEW_ROLLOUT: RolloutDraft = {
  kind: 'configuration',
  target: '',
  canary: '5',
  waves: '5, 25, 100',
  perHour: '200',
  atOnce: '20',
  unit: '',
  stopAt: '10',
};

/** The API says what is wrong with what somebody has typed. */
export function rolloutRequestOf(draft: RolloutDraft): Schemas['RolloutRequest'] {
  const { kind, target, canary, waves, perHour, atOnce, unit, stopAt } = draft;
  if (kind === 'landing-zone') {
    const first = unit.trim();
    return {
      kind,
      ...(first === '' ? {} : { canary: { organizationalUnit: first } }),
      stopAtFailedShare: sharesIn(stopAt)?.[0] ?? 0,
    };
  }
  return {
    ...(target === '' ? {} : { configurationHash: target }),
    canary: { tenants: Number(canary) },
    waves: [...(sharesIn(waves) ?? [])],
    mostTenantsPerHour: Number(perHour),
    mostAtOnce: Number(atOnce),
  };
}
