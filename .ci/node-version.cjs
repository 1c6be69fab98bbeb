// Runs at the end of `npm ci`, whatever Node it was started with: npm puts the Node of the project first on the PATH.
const { rmSync } = require('node:fs');

const [, started = process.versions.node] = /node\/v([\d.]+)/.exec(process.env.npm_config_user_agent || '') || [];
const installed = process.versions.node;
const isOld = (version) => Number(version.split('.')[0]) < 24;

if (isOld(installed)) {
  console.error(
    `Node 24 could not be installed into the project (found ${installed}): install it yourself, then run npm ci again.`,
  );
  process.exitCode = 1;
} else if (isOld(started)) {
  console.log(
    `Your Node is ${started}: start everything with npm or npx, which use the Node ${installed} that is now in the project.`,
  );
}

// The package `node` has linked the program out of this folder. What is left there are 68 MiB of headers for addons.
rmSync('node_modules/node/node_modules', { recursive: true, force: true });
