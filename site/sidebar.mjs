import { globSync, readFileSync } from 'node:fs';

const titleOf = (page) => (/^# (.+)$/mu.exec(readFileSync(page, 'utf8'))?.[1] ?? page).replaceAll('`', '');

const pages = (names) => names.map((name) => ({ text: titleOf(`docs/${name}.md`), link: `/docs/${name}` }));

const group = (text, names, collapsed = false) => ({ text, collapsed, items: pages(names) });

const records = globSync('docs/adr/*.md')
  .toSorted()
  .map((file) => ({ text: titleOf(file), link: `/${file.replace(/\.md$/u, '')}` }));

export const sidebar = [
  { text: 'Account vending', link: '/' },
  group('Tutorials', ['demo', 'see-one-fail', 'local-aws', 'first-configuration', 'moving-from-meshstack']),
  group('How to set it up', [
    'setup',
    'add-a-landing-zone',
    'preflight',
    'deployment',
    'roles-without-cdk',
    'places',
    'pilot',
    'meshstack',
    'requests-from-git',
    'notifications',
    'upgrading',
  ]),
  group('How to operate it', [
    'operation',
    'errors',
    'console',
    'rollouts',
    'customizations',
    'closing',
    'metering',
    'cost',
  ]),
  group('How to take over accounts', [
    'import',
    'adopting-an-organization',
    'moving-from-aft',
    'moving-from-lza',
    'moving-from-adf',
    'leaving',
  ]),
  {
    text: 'Reference',
    collapsed: false,
    items: [
      ...pages(['configuration', 'input', 'events', 'api']),
      { text: 'Every call of the API', link: '/reference/api' },
      { text: 'Every event', link: '/reference/events' },
      { text: 'Every belief about AWS', link: '/reference/aws-evidence' },
      { text: 'Every case of conformance', link: '/reference/conformance' },
      ...pages(['iam', 'iam-differences', 'iam-unused', 'commands', 'packages', 'left-out', 'dependencies']),
    ],
  },
  group('Explanation', [
    'architecture',
    'provisioning-order',
    'access',
    'second-runs',
    'lanes',
    'security',
    'simulation',
    'organization-model',
    'aws-evidence',
    'conformance',
    'benchmark',
    'mutants',
  ]),
  {
    text: 'For contributors',
    collapsed: true,
    items: [
      { text: titleOf('CONTRIBUTING.md'), link: '/CONTRIBUTING' },
      ...pages(['releasing']),
      { text: titleOf('SECURITY.md'), link: '/SECURITY' },
    ],
  },
  { text: 'Decisions', collapsed: true, items: records },
];

export const nav = (version) => [
  { text: 'Try it', link: '/docs/demo' },
  { text: 'Set it up', link: '/docs/setup' },
  { text: 'API', link: '/docs/api' },
  { text: 'Errors', link: '/docs/errors' },
  { text: version, link: '/CHANGELOG' },
];
