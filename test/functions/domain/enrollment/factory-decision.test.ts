import fc from 'fast-check';
import {
  type FactoryDecision,
  factoryDecision,
  type FactorySituation,
} from '../../../../functions/domain/enrollment/factory-decision';
import type { Governance } from '../../../../functions/domain/enrollment/governance';
import type { ProductStatus } from '../../../../functions/domain/enrollment/provisioned-products';

type Held = 'none' | 'healthy' | 'tainted' | 'stale' | 'foreign stale' | 'changing';

const product = (status: ProductStatus['status'], hasSucceeded: boolean): ProductStatus => ({
  id: 'pp-1',
  name: 'retail',
  status,
  hasSucceeded,
});

const PRODUCTS: Readonly<Record<Held, ProductStatus | undefined>> = {
  none: undefined,
  healthy: product('AVAILABLE', true),
  tainted: product('TAINTED', true),
  stale: product('TAINTED', false),
  'foreign stale': product('ERROR', false),
  changing: product('UNDER_CHANGE', true),
};

const decided = (governance: Governance, held: Held, isInPlace: boolean, hasAsked = false): FactoryDecision =>
  factoryDecision({ governance, product: PRODUCTS[held], isOwn: held === 'stale', isInPlace, hasAsked });

/** By governance and product: what is done in its unit, and elsewhere. */
const TABLE: Readonly<Record<Governance, Readonly<Record<Held, readonly [FactoryDecision, FactoryDecision]>>>> = {
  enrolled: {
    none: ['nothing', 'unmovable'],
    healthy: ['nothing', 'update'],
    tainted: ['update', 'update'],
    stale: ['nothing', 'unmovable'],
    'foreign stale': ['nothing', 'unmovable'],
    changing: ['wait', 'wait'],
  },
  elsewhere: {
    none: ['unmovable', 'unmovable'],
    healthy: ['update', 'update'],
    tainted: ['update', 'update'],
    stale: ['unmovable', 'unmovable'],
    'foreign stale': ['unmovable', 'unmovable'],
    changing: ['wait', 'wait'],
  },
  changing: {
    none: ['wait', 'wait'],
    healthy: ['wait', 'wait'],
    tainted: ['wait', 'wait'],
    stale: ['wait', 'wait'],
    'foreign stale': ['wait', 'wait'],
    changing: ['wait', 'wait'],
  },
  failed: {
    none: ['provision', 'provision'],
    healthy: ['update', 'update'],
    tainted: ['update', 'update'],
    stale: ['takeBack', 'takeBack'],
    'foreign stale': ['doubtful', 'doubtful'],
    changing: ['wait', 'wait'],
  },
  controlled: {
    none: ['provision', 'provision'],
    healthy: ['nothing', 'update'],
    tainted: ['update', 'update'],
    stale: ['takeBack', 'takeBack'],
    'foreign stale': ['doubtful', 'doubtful'],
    changing: ['wait', 'wait'],
  },
  none: {
    none: ['provision', 'provision'],
    healthy: ['update', 'update'],
    tainted: ['update', 'update'],
    stale: ['takeBack', 'takeBack'],
    'foreign stale': ['takeBack', 'takeBack'],
    changing: ['wait', 'wait'],
  },
  shared: {
    none: ['shared', 'shared'],
    healthy: ['shared', 'shared'],
    tainted: ['shared', 'shared'],
    stale: ['shared', 'shared'],
    'foreign stale': ['shared', 'shared'],
    changing: ['shared', 'shared'],
  },
};

const rows = (Object.keys(TABLE) as Governance[]).flatMap((governance) =>
  (Object.keys(PRODUCTS) as Held[]).map((held) => ({ governance, held, decisions: TABLE[governance][held] })),
);

const situations: fc.Arbitrary<FactorySituation> = fc.record({
  governance: fc.constantFrom<Governance>(
    'enrolled',
    'elsewhere',
    'changing',
    'failed',
    'controlled',
    'shared',
    'none',
  ),
  product: fc.option(
    fc.record({
      id: fc.string(),
      name: fc.string(),
      hasSucceeded: fc.boolean(),
      status: fc.constantFrom<ProductStatus['status']>('AVAILABLE', 'UNDER_CHANGE', 'TAINTED', 'ERROR'),
    }),
    { nil: undefined },
  ),
  isOwn: fc.boolean(),
  isInPlace: fc.boolean(),
  hasAsked: fc.boolean(),
});

describe('what the Account Factory is to do', () => {
  it.each(rows)('about an account that is $governance, with a product: $held', ({ governance, held, decisions }) => {
    expect([decided(governance, held, true), decided(governance, held, false)]).toEqual(decisions);
  });

  it.each(['none', 'elsewhere', 'failed'] as const)(
    'asks once for what an account with a healthy product may still need: %s',
    (governance) => {
      expect(decided(governance, 'healthy', true, true)).toBe('nothing');
    },
  );

  it('never takes back what is enrolled or shared, nor what has succeeded', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { governance, product: found } = situation;
        const isKept = ['enrolled', 'elsewhere', 'shared'].includes(governance) || found?.hasSucceeded === true;
        return !(isKept && factoryDecision(situation) === 'takeBack');
      }),
    );
  });

  it('never provisions beside a product, and never for what is enrolled', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const isTaken = situation.product !== undefined || ['enrolled', 'elsewhere'].includes(situation.governance);
        return !(isTaken && factoryDecision(situation) === 'provision');
      }),
    );
  });
});
