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
}

const AT_ONCE = [1, 5, 25, 100];
const SIZES = [100, 10_000];
const THROTTLED = { requests: 25, share: 0.05 };
const KINDS = [false, true];

const plain = { organizationSize: 1, throttledShare: 0 } as const;
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
  ...KINDS.flatMap((controlTower) =>
    SIZES.map((organizationSize) => ({
      ...{ ...plain, name: `1-among-${organizationSize}${suffix(controlTower)}`, requests: 1 },
      ...{ controlTower, organizationSize },
    })),
  ),
  ...KINDS.map((controlTower) => ({
    ...{ ...plain, name: `${THROTTLED.requests}-throttled${suffix(controlTower)}`, requests: THROTTLED.requests },
    ...{ controlTower, throttledShare: THROTTLED.share },
  })),
];
