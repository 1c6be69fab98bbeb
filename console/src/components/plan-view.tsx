import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import type { Plan } from '../api/order';
import { ChangeRows } from './changes-table';
import { JsonText } from './json-text';

/** What a run would make, and what it would change now. */
export function PlanView({ plan }: { readonly plan: Plan }): ReactNode {
  const { account, landingZone, existingAccountId, targetOrgUnitId, tags, changes, refusal, remarks } = plan;
  return (
    <Container
      header={
        <Header variant="h2" description="Nothing was written yet.">
          Plan
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Account', value: existingAccountId ?? 'a new one' },
            { label: 'Account name', value: account.name },
            { label: 'E-mail', value: <span className="breakable">{account.email}</span> },
            { label: 'Alias', value: account.alias },
            { label: 'Landing zone', value: landingZone },
            { label: 'Organizational unit', value: targetOrgUnitId ?? 'that of the workspace' },
            {
              label: 'Tags',
              value: (
                <span className="breakable">
                  {Object.entries(tags)
                    .map(([key, value]) => `${key}=${String(value)}`)
                    .join(', ')}
                </span>
              ),
            },
          ]}
        />
        {refusal !== null && (
          <Alert type="error" header={`A run would be refused in the state ${refusal.state}`}>
            <div className="breakable">{refusal.message}</div>
            {refusal.remedy !== null && <div className="breakable">What to do: {refusal.remedy}</div>}
          </Alert>
        )}
        {remarks.map((remark) => (
          <Alert key={remark} type="info">
            {remark}
          </Alert>
        ))}
        <ChangeRows
          changes={changes ?? []}
          title="What a run would change now"
          empty={
            changes === null ? 'There is no account yet: everything is created.' : 'Nothing: all is as it should be.'
          }
        />
        <ExpandableSection headerText="The whole plan (JSON)">
          <JsonText value={plan} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
