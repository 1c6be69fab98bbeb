import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useConfiguration, useInstallation, useLandingZones } from '../api/fleet-queries';
import { Answered } from '../components/answered';
import { Copy } from '../components/copy';
import { DocumentLink } from '../components/document-link';
import { JsonText } from '../components/json-text';
import { Page } from '../components/page';
import { utcText } from '../logic/times';

type LandingZone = Schemas['LandingZoneState'];

export default function Settings(): ReactNode {
  const landingZones = useLandingZones();
  return (
    <Page title="Settings" description="How this installation is configured.">
      <SpaceBetween size="l">
        <Alert type="info">
          Settings are read only here. They are files, and change with a deployment:{' '}
          <DocumentLink name="configuration">how to configure it</DocumentLink>.
        </Alert>
        <Installed />
        <Answered query={landingZones} what="the landing zones">
          {(list) => (
            <Table
              wrapLines
              items={list.landingZones}
              trackBy="name"
              columnDefinitions={COLUMNS}
              ariaLabels={{ tableLabel: 'Landing zones' }}
              header={<Header variant="h2">Landing zones</Header>}
            />
          )}
        </Answered>
        <Configured />
      </SpaceBetween>
    </Page>
  );
}

function Installed(): ReactNode {
  const query = useInstallation();
  return (
    <Container header={<Header variant="h2">Installation</Header>}>
      <Answered query={query} what="the installation">
        {({ apiUrl, version }) => (
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'API', value: <span className="breakable">{apiUrl}</span> },
              { label: 'Version of this console', value: version },
              { label: 'Documents of this version', value: <Documents /> },
            ]}
          />
        )}
      </Answered>
    </Container>
  );
}

const Documents = (): ReactNode => (
  <SpaceBetween size="xxs">
    <DocumentLink name="operation">Operation and alarms</DocumentLink>
    <DocumentLink name="errors">Errors</DocumentLink>
    <DocumentLink name="lanes">Lanes</DocumentLink>
    <DocumentLink name="api">API</DocumentLink>
  </SpaceBetween>
);

function Configured(): ReactNode {
  const query = useConfiguration();
  return (
    <Answered query={query} what="the configuration">
      {({ hash, platform, landingZones }) => (
        <Container
          header={
            <Header variant="h2" description="With all defaults. Each run names the hash that it was planned with.">
              Configuration
            </Header>
          }
        >
          <SpaceBetween size="s">
            <Copy text={hash} what="the hash" />
            <ExpandableSection headerText="platform.json">
              <JsonText value={platform} />
            </ExpandableSection>
            {Object.entries(landingZones).map(([name, zone]) => (
              <ExpandableSection key={name} headerText={`landing-zones/${name}.json`}>
                <JsonText value={zone} />
              </ExpandableSection>
            ))}
          </SpaceBetween>
        </Container>
      )}
    </Answered>
  );
}

const MODES = { act: 'active', shadow: 'shadow mode: reports changes, makes none' } as const;

const COLUMNS: readonly TableProps.ColumnDefinition<LandingZone>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name, isRowHeader: true, minWidth: 160 },
  { id: 'mode', header: 'Now', cell: ({ mode }) => MODES[mode], minWidth: 160 },
  { id: 'configured', header: 'Configured', cell: ({ configuredMode }) => MODES[configuredMode], minWidth: 160 },
  {
    id: 'switched',
    header: 'Switched last',
    cell: ({ switches }) => <span className="breakable">{switchText(switches.at(-1))}</span>,
    minWidth: 220,
  },
];

const switchText = (last: LandingZone['switches'][number] | undefined): string =>
  last === undefined ? 'never' : `${utcText(last.at)}, by ${last.by ?? 'somebody unknown'}`;
