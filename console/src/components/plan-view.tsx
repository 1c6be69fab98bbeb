import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import type { Plan } from '../api/order';
import { useVending } from '../api/queries';
import { createdBy, isOnConfiguration } from '../logic/plan-rows';
import { ChangeRows } from './changes-table';
import { JsonText } from './json-text';

/** A plan names only the account that a desired state asks for; the tenant may have one already. */
function PlannedAccount({ plan: { existingAccountId, changes, tenantUuid } }: { readonly plan: Plan }): ReactNode {
  if (existingAccountId !== null) return existingAccountId;
  return changes === null ? 'a new one' : <KnownAccount tenantUuid={tenantUuid} />;
}

function KnownAccount({ tenantUuid }: { readonly tenantUuid: string }): ReactNode {
  const { data } = useVending(tenantUuid);
  return data?.account?.id ?? 'that of the tenant';
}

/** What a run would make, and what it would change now. */
export function PlanView({ plan }: { readonly plan: Plan }): ReactNode {
  const { account, landingZone, targetOrgUnitId, tags, changes, refusal, remarks } = plan;
  const notes = remarks.filter(isOnConfiguration);
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
            { label: 'Account', value: <PlannedAccount plan={plan} /> },
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
        {remarks
          .filter((remark) => !isOnConfiguration(remark))
          .map((remark) => (
            <Alert key={remark} type="info">
              {remark}
            </Alert>
          ))}
        {changes === null ? (
          <ChangeRows changes={createdBy(plan)} title="What a run would create" empty="Nothing." />
        ) : (
          <ChangeRows changes={changes} title="What a run would change now" empty="Nothing: all is as it should be." />
        )}
        {notes.length > 0 && (
          <ExpandableSection headerText="Notes on the configuration">
            {notes.map((note) => (
              <div key={note}>{note}</div>
            ))}
          </ExpandableSection>
        )}
        <ExpandableSection headerText="The whole plan (JSON)">
          <JsonText value={plan} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
