/** Packages without modules ask for those of Node by `require`, which modules do not have. */
export const REQUIRE_BANNER = {
  js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
};
