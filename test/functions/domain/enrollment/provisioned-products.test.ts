import { chosenProduct, type ProductStatus } from '../../../../functions/domain/enrollment/provisioned-products';

const product = (id: string, changes: Partial<ProductStatus> = {}): ProductStatus => ({
  id,
  name: id,
  status: 'TAINTED',
  hasSucceeded: false,
  ...changes,
});

const healthy = (id: string): ProductStatus => product(id, { status: 'AVAILABLE', hasSucceeded: true });

describe('the product that stands for an enrollment', () => {
  it.each([
    { what: 'none', products: [], chosen: undefined },
    { what: 'a healthy one before a stale one', products: [product('pp-1'), healthy('pp-2')], chosen: 'pp-2' },
    {
      what: 'one that has succeeded and was tainted since before a stale one',
      products: [product('pp-1'), product('pp-2', { hasSucceeded: true })],
      chosen: 'pp-2',
    },
    {
      what: 'our own stale one before those of others, whichever has the lower id',
      products: [product('pp-1'), product('pp-2', { name: 'own' }), product('pp-3')],
      chosen: 'pp-2',
    },
    {
      what: 'a healthy one of others before our own stale one',
      products: [product('pp-1', { name: 'own' }), healthy('pp-2')],
      chosen: 'pp-2',
    },
    {
      what: 'one of others that is being changed before our own',
      products: [product('pp-1', { name: 'own' }), product('pp-2', { status: 'UNDER_CHANGE' })],
      chosen: 'pp-2',
    },
    {
      what: 'one that is being changed before all others',
      products: [healthy('pp-1'), product('pp-2', { status: 'UNDER_CHANGE' })],
      chosen: 'pp-2',
    },
  ])('is $what, in whatever order they come', ({ products, chosen }) => {
    expect(chosenProduct('444444444444', products, 'own')?.id).toBe(chosen);
    expect(chosenProduct('444444444444', products.toReversed(), 'own')?.id).toBe(chosen);
  });

  it('is nobody to tell where two are healthy: both are named', () => {
    expect(() => chosenProduct('444444444444', [healthy('pp-2'), product('pp-3'), healthy('pp-1')], null)).toThrow(
      /2 healthy provisioned products: pp-1 \(pp-1\) and pp-2 \(pp-2\)/u,
    );
  });
});
