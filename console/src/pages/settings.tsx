import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useInstallation, useLandingZones } from '../api/queries';
import { Answered } from '../components/answered';
import { useTitle } from '../components/document-title';
import { utcText } from '../logic/times';

type LandingZone = Schemas['LandingZoneState'];

export default function Settings(): ReactNode {
  useTitle('Settings');
  const installation = useInstallation();
  const landingZones = useLandingZones();
  return (
    <ContentLayout header={<Header variant="h1">Settings</Header>}>
      <SpaceBetween size="l">
        <Alert type="info">
          Settings are read only here. They are files, and change with a deployment: docs/configuration.md says how.
        </Alert>
        <Container header={<Header variant="h2">Installation</Header>}>
          <Answered query={installation} what="the installation">
            {({ apiUrl, version }) => (
              <KeyValuePairs
                columns={2}
                items={[
                  { label: 'API', value: <span className="breakable">{apiUrl}</span> },
                  { label: 'Version of this console', value: version },
                ]}
              />
            )}
          </Answered>
        </Container>
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
      </SpaceBetween>
    </ContentLayout>
  );
}

const MODES = { act: 'acts', shadow: 'shadow: tells what it would change' } as const;

const COLUMNS: readonly TableProps.ColumnDefinition<LandingZone>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name, isRowHeader: true, minWidth: 160 },
  { id: 'mode', header: 'Now', cell: ({ mode }) => MODES[mode], minWidth: 160 },
  { id: 'configured', header: 'Configured', cell: ({ configuredMode }) => MODES[configuredMode], minWidth: 160 },
  { id: 'switched', header: 'Switched last', cell: ({ switches }) => switchText(switches.at(-1)), minWidth: 220 },
];

const switchText = (last: LandingZone['switches'][number] | undefined): string =>
  last === undefined ? 'never' : `${utcText(last.at)}, by ${last.by ?? 'somebody unknown'}`;
