/** What is asked of an organization at one moment. */
export interface Scenario {
  readonly name: string;
  /** Vendings that are asked for at once. */
  readonly requests: number;
  readonly controlTower: boolean;
  /** Accounts that the organization has already, besides those that every installation begins with. */
  readonly organizationSize: number;
  /** The share of calls that AWS throttles at random. */
  readonly throttledShare: number;
  /** How the stack set takes several operations. */
  readonly stackSet: StackSetSetting;
  /** Durations that AWS does not document take so many times as long. */
  readonly stretch: number;
  /** Events of AWS end waits. Absent: polls alone do. */
  readonly hasEvents?: boolean;
}

/**
 * With managed execution, in the two readings of AWS's page: operations run side by side, or each waits for the one
 * before. Or without, so that a second operation is refused.
 */
export type StackSetSetting = 'side-by-side' | 'queued' | 'one-operation';

const AT_ONCE = [1, 5, 25, 100];
const SIZES = [100, 10_000];
const THROTTLED = { requests: 25, share: 0.05 };
const KINDS = [false, true];
const SETTINGS = ['queued', 'one-operation'] as const;
const STRETCHES = [
  ['half', 0.5],
  ['twice', 2],
] as const;

const plain = { organizationSize: 1, throttledShare: 0, stackSet: 'side-by-side', stretch: 1 } as const;
const suffix = (controlTower: boolean): string => (controlTower ? '-control-tower' : '');

export const SCENARIOS: readonly Scenario[] = [
  ...KINDS.flatMap((controlTower) =>
    AT_ONCE.map((requests) => ({
      ...plain,
      name: `${requests}-at-once${suffix(controlTower)}`,
      requests,
      controlTower,
    })),
  ),
  { ...plain, name: '1000-at-once', requests: 1000, controlTower: false },
  ...SETTINGS.map((stackSet) => ({
    ...plain,
    name: `5-at-once-${stackSet}`,
    requests: 5,
    controlTower: false,
    stackSet,
  })),
  ...KINDS.flatMap((controlTower) =>
    SIZES.map((organizationSize) => ({
      ...plain,
      name: `1-among-${organizationSize}${suffix(controlTower)}`,
      requests: 1,
      controlTower,
      organizationSize,
    })),
  ),
  ...KINDS.map((controlTower) => ({
    ...plain,
    name: `${THROTTLED.requests}-throttled${suffix(controlTower)}`,
    requests: THROTTLED.requests,
    controlTower,
    throttledShare: THROTTLED.share,
  })),
  ...KINDS.flatMap((controlTower) =>
    STRETCHES.map(([word, stretch]) => ({
      ...plain,
      name: `1-at-once${suffix(controlTower)}-${word}`,
      requests: 1,
      controlTower,
      stretch,
    })),
  ),
  ...KINDS.map((controlTower) => ({
    ...plain,
    name: `1-at-once${suffix(controlTower)}-events`,
    requests: 1,
    controlTower,
    hasEvents: true,
  })),
];

/** From the first seed on: the more requests, the fewer seeds say the same. */
export function seedsOf({ requests }: Pick<Scenario, 'requests'>, first: number): readonly number[] {
  const seeds = requests > 100 ? 1 : requests > 25 ? 3 : 12;
  return Array.from({ length: seeds }, (_, index) => first + index);
}
