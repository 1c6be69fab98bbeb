import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { diagramsPlugin } from '../diagrams.mjs';
import { linksPlugin, slugOf } from '../links.mjs';
import { nav, sidebar } from '../sidebar.mjs';

/** Files that pages link to and that are no pages. */
const FILES = ['docs/openapi.json', 'docs/asyncapi.json', 'docs/schema', 'docs/policies'];

/** Folders of the repository that have no pages. */
const withoutPages = readdirSync('.', { withFileTypes: true })
  .filter((one) => one.isDirectory() && !['docs', 'site'].includes(one.name))
  .map(({ name }) => `${name}/**`);

/** Lists that nobody reads would bury what is looked for. */
const NOT_SEARCHED = [
  'reference/aws-evidence.md',
  'reference/conformance.md',
  'docs/iam-differences.md',
  'docs/iam-unused.md',
  'CHANGELOG.md',
];

/** Decisions are for contributors: who searches for what to do finds the guides first. */
const guidesFirst = (id) => (id.includes('/adr/') ? 0.3 : 1);

/** Words of questions, which stand on every page, find nothing. It is sent to the browser, so it stands alone. */
const termOf = (term) =>
  /^(?:an?|and|are|can|do|does|for|how|i|in|is|it|my|of|on|or|the|to|what|when|where|which|why|with)$/iu.test(term)
    ? null
    : term.toLowerCase();

const searched = (text, env, markdown) => (NOT_SEARCHED.includes(env.relativePath) ? '' : markdown.render(text, env));

/** Vue would read what stands between two braces. */
function literalCode({ renderer }) {
  const { code_inline: inline } = renderer.rules;
  renderer.rules.code_inline = (...parts) => inline(...parts).replace('<code', '<code v-pre');
}

/** VitePress makes the arrow of a group a button within a button that does the same. */
const accessible = (html) =>
  html.replaceAll(
    'class="caret" role="button" aria-label="toggle section" tabindex="0"',
    'class="caret" aria-hidden="true"',
  );

/**
 * Vite bundles packages of VitePress before it serves them; it looks for them beside the pages, where they are not, and
 * would warn of each. They are served one by one.
 */
const unbundled = {
  name: 'unbundled-packages',
  configResolved: ({ optimizeDeps }) => {
    optimizeDeps.include = [];
  },
};

/** The pages are those of the repository, where they are: README.md is the home page. */
export default {
  title: 'Account vending',
  description: packageJson.description,
  lang: 'en',
  srcDir: '..',
  srcExclude: withoutPages,
  rewrites: { 'README.md': 'index.md', 'site/generated/:page': 'reference/:page' },
  outDir: '../.cache/site',
  cacheDir: '../.cache/vitepress',
  // For a site that is not at the root of its host, such as GitHub Pages of a repository.
  base: process.env.DOCS_BASE ?? '/',
  cleanUrls: false,
  lastUpdated: false,
  markdown: {
    // Comments of the default themes are too pale to be read by all.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // Paths of the API have braces.
    attrs: { disable: true },
    anchor: { slugify: slugOf },
    config: (markdown) => {
      linksPlugin(markdown, process.env.DOCS_REPOSITORY);
      literalCode(markdown);
      diagramsPlugin(markdown);
    },
  },
  themeConfig: {
    nav: nav(packageJson.version),
    sidebar,
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        detailedView: true,
        _render: searched,
        miniSearch: { options: { processTerm: termOf }, searchOptions: { boostDocument: guidesFirst } },
      },
    },
  },
  transformHtml: accessible,
  vite: { plugins: [unbundled] },
  buildEnd: ({ outDir }) => {
    for (const file of FILES) cpSync(file, path.join(outDir, file), { recursive: true });
  },
};
