const { createTransformer } = require('@swc/jest');

/** They load the whole CDK, for nothing where roles are in the cache. */
const LOADED_WHEN_USED = ['./deployed-roles'];

const swc = createTransformer({ module: { type: 'commonjs', lazy: LOADED_WHEN_USED } });

/**
 * SWC, with one cache for all projects: what it makes of a file does not depend on the project that asks, and a fresh
 * clone would translate each file once for each of them.
 */
module.exports = {
  ...swc,
  getCacheKey: (source, path, options) => swc.getCacheKey(source, path, { ...options, configString: '' }),
};
