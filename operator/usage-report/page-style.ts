import { INKS } from './bar-chart';

/**
 * Light or dark as the reader's system is; narrow screens scroll what is wider than they are, paper shows everything.
 */
export const PAGE_STYLE = `
:root { color: ${INKS.light.text}; background: ${INKS.light.ground}; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; }
section { margin: 2.5rem 0; }
h1, h2 { line-height: 1.2; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 0 0 1rem; }
.scrolled { position: relative; overflow-x: auto; }
svg { display: block; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 1.5rem; font-size: .9rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; overflow-wrap: anywhere; }
th { text-align: left; }
tbody th { font-weight: 400; }
td, th { padding: .25rem .5rem; border-bottom: 1px solid ${INKS.light.line}; vertical-align: top; }
th:first-child { min-width: 7rem; }
td, tbody th { overflow-wrap: anywhere; }
.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tfoot td { font-weight: 600; }
/* Digits of one weight are of one width. */
details tfoot td { font-weight: 400; }
/* The summary says the same to those who see it. */
details caption { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
summary { cursor: pointer; padding: .4rem 0; overflow-wrap: anywhere; }
.dark, .narrow { display: none; }
@media (prefers-color-scheme: dark) {
  :root { color: ${INKS.dark.text}; background: ${INKS.dark.ground}; }
  td, th { border-color: ${INKS.dark.line}; }
  .light { display: none; }
  .dark.wide { display: block; }
}
@media (max-width: 57rem) {
  .light.wide, .dark.wide { display: none; }
  .light.narrow { display: block; }
}
@media (max-width: 57rem) and (prefers-color-scheme: dark) {
  .light.narrow { display: none; }
  .dark.narrow { display: block; }
}
@media print {
  details::details-content { content-visibility: visible; display: block; }
}
`;
