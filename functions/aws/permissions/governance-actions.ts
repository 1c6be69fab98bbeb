/**
 * What tells whether Control Tower governs a unit or an account: by baselines, which have names, and from landing zone
 * 4.0 on by controls as well.
 */
export const GOVERNANCE = [
  'controltower:ListBaselines',
  'controltower:ListEnabledBaselines',
  'controltower:ListEnabledControls',
  'controltower:ListLandingZones',
  'controltower:GetLandingZone',
];

/** Moving an account that Control Tower does not govern, and is not at work on. */
export const MOVING = [
  'organizations:ListParents',
  'organizations:MoveAccount',
  ...GOVERNANCE,
  'servicecatalog:SearchProvisionedProducts',
];
