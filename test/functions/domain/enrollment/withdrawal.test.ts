import type { Governance } from '../../../../functions/domain/enrollment/governance';
import type { ProductStatus } from '../../../../functions/domain/enrollment/provisioned-products';
import { withdrawal } from '../../../../functions/domain/enrollment/withdrawal';

const product = (
  id: string,
  status: ProductStatus['status'],
  hasSucceeded = status === 'AVAILABLE',
): ProductStatus => ({
  id,
  name: id,
  status,
  hasSucceeded,
});

const stale = product('pp-1', 'ERROR');
const healthy = product('pp-2', 'AVAILABLE');
const changing = product('pp-3', 'UNDER_CHANGE');

const next = (
  governance: Governance,
  products: readonly ProductStatus[],
  { followsMoves = false, isOutside = true } = {},
): string => {
  const decision = withdrawal({ governance, products, followsMoves, isOutside });
  return 'product' in decision ? `${decision.next} ${decision.product.id}` : decision.next;
};

describe('what takes an account out of Control Tower', () => {
  it.each([
    ['none', [], 'nothing'],
    ['none', [stale], 'terminate pp-1'],
    ['none', [stale, changing], 'wait pp-3'],
    ['enrolled', [stale, healthy], 'terminate pp-2'],
    ['enrolled', [stale], 'terminate pp-1'],
    ['failed', [healthy], 'terminate pp-2'],
    ['controlled', [healthy], 'terminate pp-2'],
    ['changing', [healthy], 'await'],
    ['enrolled', [], 'refuse'],
    ['controlled', [], 'refuse'],
    ['failed', [], 'refuse'],
  ] as const)('by its product: %s, %j: %s', (governance, products, expected) => {
    expect(next(governance, products)).toBe(expected);
  });

  const inside = { followsMoves: true, isOutside: false };
  const outside = { followsMoves: true, isOutside: true };

  it.each([
    ['enrolled', [], inside, 'move'],
    ['enrolled', [healthy], inside, 'move'],
    ['failed', [], inside, 'move'],
    // It would be enrolled as soon as Control Tower has noticed where it is.
    ['none', [], inside, 'move'],
    ['changing', [], inside, 'await'],
    ['enrolled', [healthy], outside, 'await'],
    ['changing', [healthy], outside, 'await'],
    ['none', [healthy, stale], outside, 'terminate pp-2'],
    ['none', [], outside, 'nothing'],
    ['enrolled', [changing], inside, 'wait pp-3'],
  ] as const)('by a move: %s, %j, %j: %s', (governance, products, place, expected) => {
    expect(next(governance, products, place)).toBe(expected);
  });
});
