import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { lazy, type ReactNode, Suspense } from 'react';

import type { Schemas } from '../api/client';
import { useMonthUsage } from '../api/fleet-queries';
import { monthCsv } from '../api/usage';
import { Answered } from '../components/answered';
import { download } from '../components/download';
import { Page } from '../components/page';
import { useUrlState } from '../components/url-state';
import { UsageTables } from '../components/usage-tables';
import { moneyText } from '../logic/money';
import { monthOf, monthsUpTo, utcText } from '../logic/times';

const UsageChart = lazy(() => import('../components/usage-chart'));

export default function Usage(): ReactNode {
  const [parameters, change] = useUrlState();
  const month = parameters.get('month') ?? monthOf(new Date());
  const query = useMonthUsage(month);
  const options = [...new Set([month, ...monthsUpTo(new Date(), 13)])]
    .toSorted()
    .reverse()
    .map((value) => ({ value, label: value }));
  return (
    <Page
      title="Usage"
      description="What the accounts of tenants have cost, by account and service."
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Select
            inlineLabelText="Month"
            ariaLabel="Month"
            options={options}
            selectedOption={options.find(({ value }) => value === month) ?? null}
            onChange={({ detail }) => {
              change({ month: detail.selectedOption.value ?? null });
            }}
          />
          <Button
            iconName="download"
            disabled={query.data === null || query.data === undefined}
            onClick={() => {
              void monthCsv(month).then((csv) => {
                download(`usage-${month}.csv`, 'text/csv', csv);
              });
            }}
          >
            Export CSV
          </Button>
        </SpaceBetween>
      }
    >
      <Answered query={query} what={`the usage of ${month}`}>
        {(usage) =>
          usage === null ? <Box padding="m">No costs of {month} were collected.</Box> : <Month usage={usage} />
        }
      </Answered>
    </Page>
  );
}

function Month({ usage }: { readonly usage: Schemas['MonthUsage'] }): ReactNode {
  const { month, currency, invoiceTotal, state, estimated, generatedAt, reports } = usage;
  return (
    <SpaceBetween size="l">
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'All accounts', value: moneyText(invoiceTotal, currency) },
            { label: 'State', value: `${STATES[state]}${estimated ? ', estimated' : ''}` },
            { label: 'Accounts', value: reports.length },
            { label: 'Generated', value: utcText(generatedAt) },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2">Cost by account and service</Header>}>
        <Suspense fallback={<Spinner size="large" />}>
          <UsageChart reports={reports} currency={currency} />
        </Suspense>
      </Container>
      <UsageTables month={month} reports={reports} currency={currency} />
    </SpaceBetween>
  );
}

const STATES: Readonly<Record<Schemas['MonthUsage']['state'], string>> = {
  OPEN: 'costs still come in',
  FINALIZED: 'ready to bill',
  UPDATED: 'changed by AWS since it was ready',
};
