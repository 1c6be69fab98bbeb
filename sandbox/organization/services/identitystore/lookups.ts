import * as z from 'zod';
import { operation, type Operation } from '../operation';
import type { IdentityCenter } from '../sso-admin/identity-center';
import { refuseInput } from './identity-store-errors';
import { alternateIdentifier, page, storeId, storeOf, storeTargets } from './identity-store-input';
import { pageOf } from './identity-store-paging';

/** One kind of what a store holds: users, or groups. */
export interface Kind<Item> {
  /** As in `ListUsers`, `GetUserId`. */
  readonly name: 'Group' | 'User';
  readonly all: (store: IdentityCenter) => Iterable<Item>;
  readonly shape: (store: IdentityCenter, item: Item) => object;
  /** @throws ServiceError where there is none, or the attribute is not unique */
  readonly findByAttribute: (store: IdentityCenter, path: string, value: string) => { readonly id: string };
}

/** All of a kind page by page, and the id of one by what is unique about it. */
export function lookupOperations<Item>({ name, all, shape, findByAttribute }: Kind<Item>): readonly Operation[] {
  const resource = `${name.toLowerCase()}/*`;
  return [
    operation(refuseInput, {
      name: `List${name}s`,
      write: false,
      input: z.object({ IdentityStoreId: storeId, ...page }),
      targets: (context, input) => storeTargets(context, input, resource),
      answer: (context, input) => {
        const store = storeOf(context, input);
        const { items, rest } = pageOf([...all(store)], input);
        return { [`${name}s`]: items.map((item) => shape(store, item)), ...rest };
      },
    }),
    operation(refuseInput, {
      name: `Get${name}Id`,
      write: false,
      input: z.object({ IdentityStoreId: storeId, AlternateIdentifier: alternateIdentifier }),
      targets: (context, input) => storeTargets(context, input, resource),
      answer: (context, input) => {
        const store = storeOf(context, input);
        const { AttributePath, AttributeValue } = input.AlternateIdentifier.UniqueAttribute;
        const { id } = findByAttribute(store, AttributePath, AttributeValue);
        return { [`${name}Id`]: id, IdentityStoreId: store.identityStoreId };
      },
    }),
  ];
}
