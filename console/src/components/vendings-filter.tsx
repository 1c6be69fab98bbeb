import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

import { useLandingZones } from '../api/fleet-queries';
import { STATUS_NAMES, STATUSES } from '../logic/statuses';
import { FILTER_LABELS, FILTER_NAMES, filterIn, searchTarget, type VendingsFilter } from '../logic/vendings-filter';

interface Props {
  readonly filter: VendingsFilter;
  readonly onChange: (filter: VendingsFilter) => void;
}

/** Every part is judged by the API: pages, the export and replays see the same vendings. */
export function FilterOfVendings({ filter, onChange }: Props): ReactNode {
  const navigate = useNavigate();
  const zones = useLandingZones();
  const options = [...STATUS_OPTIONS, ...(zones.data?.landingZones ?? []).map(zoneOption)];
  return (
    <PropertyFilter
      query={queryOf(filter)}
      filteringProperties={PROPERTIES}
      filteringOptions={options}
      hideOperations
      filteringAriaLabel="Filter vendings"
      filteringPlaceholder="Filter by status, workspace, account, e-mail or error"
      i18nStrings={{ clearFiltersText: 'Clear filters' }}
      expandToViewport
      onChange={({ detail: { tokens } }) => {
        const typed = tokens.find(({ propertyKey }) => propertyKey === undefined);
        const target = typed === undefined ? null : searchTarget(textOf(typed));
        if (target === null) onChange(filterOf(tokens));
        else void navigate(target);
      }}
    />
  );
}

const PROPERTIES: readonly PropertyFilterProps.FilteringProperty[] = FILTER_NAMES.map((key) => ({
  key,
  operators: ['='],
  propertyLabel: FILTER_LABELS[key],
  groupValuesLabel: FILTER_LABELS[key],
}));

const STATUS_OPTIONS: readonly PropertyFilterProps.FilteringOption[] = STATUS_NAMES.map((value) => ({
  propertyKey: 'status',
  value,
  label: STATUSES[value].text,
}));

const zoneOption = ({ name }: { readonly name: string }): PropertyFilterProps.FilteringOption => ({
  propertyKey: 'landingZone',
  value: name,
});

const queryOf = (filter: VendingsFilter): PropertyFilterProps.Query => ({
  operation: 'and',
  tokens: FILTER_NAMES.flatMap((name) =>
    filter[name] === undefined ? [] : [{ propertyKey: name, operator: '=', value: filter[name] }],
  ),
});

const textOf = ({ value }: PropertyFilterProps.Token): string => (typeof value === 'string' ? value : '');

/** Each part once: the one that was added last. */
const filterOf = (tokens: readonly PropertyFilterProps.Token[]): VendingsFilter =>
  filterIn(new Map(tokens.map((token) => [token.propertyKey ?? '', textOf(token)] as const)));
