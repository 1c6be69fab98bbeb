import { answers, answersOrRefuses, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, matches, text } from '../pattern';
import { ended, failed, open, own, parameters, REQUEST, search } from './enrollment-steps';

const FIVE = ['a', 'b', 'c', 'd', 'e'];
const MORE = ['f', 'g', 'h', 'i'];
const CONFLICTS = ['ResourceInUseException', 'InvalidParametersException'];
const BASELINE = { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}' };
const nowhereRequest = (name: string) => ({
  ...REQUEST,
  ProvisionedProductName: `{{unique}}-${name}`,
  ProvisionToken: `{{unique}}-${name}`,
  ProvisioningParameters: parameters({ ManagedOrganizationalUnit: 'Nowhere' }),
});
/** Fails after a minute or more, and does nothing until then. */
const nowhere = (name: string): Step =>
  answers(
    'ProvisionProduct',
    nowhereRequest(name),
    { RecordDetail: { Status: matches(/^(?:CREATED|IN_PROGRESS)$/u) } },
    { save: name },
  );
const terminationOf = (name: string) => ({
  ProvisionedProductName: `{{unique}}-${name}`,
  TerminateToken: `{{unique}}-${name}-end`,
});
const given = (name: string): Step =>
  answers('TerminateProvisionedProduct', terminationOf(name), {}, { save: `${name}End`, within: 900 });
/** What cannot begin ends within a minute, if it was taken at all. */
const soonOver = (name: string): Step =>
  answers(
    'SearchProvisionedProducts',
    { Filters: { SearchQuery: [`name:{{unique}}-${name}`, 'status:UNDER_CHANGE'] } },
    { ProvisionedProducts: excludes({ Name: `{{unique}}-${name}` }) },
    { within: 60 },
  );

export const accountFactoryMeanwhile: CaseGroup = {
  service: 'servicecatalog',
  organization: 'landing-zone-update',
  cases: [
    {
      name: 'nothing is enrolled while the landing zone is updated',
      evidence: 'controltower userguide troubleshooting: other changes in progress; API_LandingZoneDetail: PROCESSING',
      steps: [
        own,
        open,
        answers(
          'controltower:GetLandingZone',
          { landingZoneIdentifier: '{{landingZone}}' },
          { landingZone: { status: 'PROCESSING' } },
        ),
        ...['a', 'b', 'c', 'd'].flatMap((name) => [
          answersOrRefuses('ProvisionProduct', nowhereRequest(name), CONFLICTS),
          soonOver(name),
        ]),
      ],
      cleanup: ['a', 'b', 'c', 'd'].map((name) => given(name)),
    },
  ],
};

export const accountFactoryAtOnce: CaseGroup = {
  service: 'servicecatalog',
  cases: [
    {
      name: 'five accounts are enrolled at a time, and no further one is begun',
      evidence:
        'controltower userguide limits: concurrent account operations; ' +
        'aws-samples/aws-control-tower-automate-account-creation#9: ResourceInUseException',
      steps: [
        own,
        open,
        ...FIVE.map((name) => nowhere(name)),
        ...MORE.map((name) => answersOrRefuses('ProvisionProduct', nowhereRequest(name), CONFLICTS)),
        ...MORE.map((name) => soonOver(name)),
        answers(
          'ListRecordHistory',
          { PageSize: 20 },
          { RecordDetails: excludes({ Status: 'FAILED', RecordErrors: [{ Code: absent }] }) },
        ),
        search('name:{{unique}}-a', [{ Status: 'UNDER_CHANGE' }]),
        ...FIVE.map((name) => failed(name)),
        answers('ListRecordHistory', { PageSize: 5 }, { RecordDetails: count(5), NextPageToken: text }),
        ...FIVE.flatMap((name) => [given(name), ended(`${name}End`, 'SUCCEEDED')]),
        ...MORE.flatMap((name) => [
          answersOrRefuses('TerminateProvisionedProduct', terminationOf(name), ['ResourceNotFoundException']),
          search(`name:{{unique}}-${name}`, count(0), { within: 900 }),
        ]),
      ],
      cleanup: [...FIVE, ...MORE].map((name) => given(name)),
    },
    {
      name: 'products are found by the beginning of their names',
      evidence: 'assumed: API_SearchProvisionedProducts does not tell how a name is compared',
      steps: [
        own,
        open,
        nowhere('a'),
        nowhere('b'),
        search('name:{{unique}}-', count(2)),
        search('name:{{unique}}-b', [{ Name: '{{unique}}-b' }]),
        failed('a'),
        failed('b'),
        given('a'),
        ended('aEnd', 'SUCCEEDED'),
        search('name:{{unique}}', [{ Name: '{{unique}}-b' }]),
        given('b'),
        ended('bEnd', 'SUCCEEDED'),
      ],
      cleanup: [given('a'), given('b')],
    },
    {
      name: 'one account is given back at a time',
      evidence: 'controltower userguide limits: unmanage one account at a time',
      steps: [
        own,
        open,
        nowhere('a'),
        nowhere('b'),
        failed('a'),
        failed('b'),
        given('a'),
        search('name:{{unique}}-a', [{ Status: 'UNDER_CHANGE' }]),
        answersOrRefuses(
          'TerminateProvisionedProduct',
          { ...terminationOf('b'), TerminateToken: '{{unique}}-b-early' },
          CONFLICTS,
        ),
        soonOver('b'),
        ended('aEnd', 'SUCCEEDED'),
        given('b'),
        ended('bEnd', 'SUCCEEDED'),
        search('name:{{unique}}', count(0)),
      ],
      cleanup: [given('a'), given('b')],
    },
    {
      name: 'nothing is enrolled while the baseline of a unit is reset, and no baseline while something is enrolled',
      evidence: 'controltower userguide limits, troubleshooting: other changes in progress; API_ResetEnabledBaseline',
      steps: [
        own,
        open,
        answers(
          'controltower:ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{registeredArn}}'] } },
          { enabledBaselines: count(1) },
          { save: 'found' },
        ),
        nowhere('a'),
        refuses('controltower:ResetEnabledBaseline', BASELINE, 'ConflictException'),
        failed('a'),
        answers('controltower:ResetEnabledBaseline', BASELINE, {}, { save: 'reset' }),
        answersOrRefuses('ProvisionProduct', nowhereRequest('b'), CONFLICTS),
        soonOver('b'),
        answersOrRefuses(
          'TerminateProvisionedProduct',
          { ...terminationOf('a'), TerminateToken: '{{unique}}-a-early' },
          CONFLICTS,
        ),
        soonOver('a'),
        answers(
          'controltower:GetBaselineOperation',
          { operationIdentifier: '{{reset.operationIdentifier}}' },
          { baselineOperation: { status: 'SUCCEEDED' } },
          { within: 7200 },
        ),
        given('a'),
        ended('aEnd', 'SUCCEEDED'),
        answersOrRefuses('TerminateProvisionedProduct', terminationOf('b'), ['ResourceNotFoundException']),
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { after: 900 }),
      ],
      cleanup: [given('a'), given('b')],
    },
  ],
};
