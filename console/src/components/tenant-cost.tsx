import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import { useTenantUsage } from '../api/fleet-queries';
import { moneyText } from '../logic/money';
import { monthOf } from '../logic/times';
import { Answered } from './answered';
import { PageLink } from './tenant-link';

interface Item {
  readonly service: string;
  readonly amount: string;
  readonly accountId: string;
}

/** What the tenant has cost this month, by service. */
export default function TenantCost({ tenantUuid }: { readonly tenantUuid: string }): ReactNode {
  const month = monthOf(new Date());
  const query = useTenantUsage(tenantUuid, month);
  return (
    <Answered query={query} what="the cost">
      {(usage) =>
        usage === null ? (
          <Box padding="m">
            No costs of {month} were collected. <PageLink to="/usage">Other months</PageLink>
          </Box>
        ) : (
          <SpaceBetween size="s">
            <Table
              variant="embedded"
              items={usage.reports
                .flatMap(({ accountId, lineItems }) => lineItems.map((item) => ({ ...item, accountId })))
                .toSorted((one, other) => Number(other.amount) - Number(one.amount))}
              columnDefinitions={columnsOf(usage.currency)}
              ariaLabels={{ tableLabel: 'Cost by service' }}
              header={
                <Header variant="h2" description={usage.estimated ? 'AWS may still change it.' : ''}>
                  {month}: {moneyText(usage.total, usage.currency)}
                </Header>
              }
              empty={<Box>It has cost nothing.</Box>}
            />
          </SpaceBetween>
        )
      }
    </Answered>
  );
}

const columnsOf = (currency: string): readonly TableProps.ColumnDefinition<Item>[] => [
  { id: 'service', header: 'Service', cell: ({ service }) => service, isRowHeader: true, minWidth: 200 },
  { id: 'account', header: 'Account', cell: ({ accountId }) => accountId, minWidth: 140 },
  { id: 'amount', header: 'Amount', cell: ({ amount }) => moneyText(amount, currency), minWidth: 120 },
];
