/** Making the roles of a member account, or correcting them. */
export const MAKING_ROLES = [
  'iam:GetRole',
  'iam:CreateRole',
  'iam:UpdateAssumeRolePolicy',
  // Needed if a boundary is configured and an existing role lacks it.
  'iam:PutRolePermissionsBoundary',
  'iam:ListAttachedRolePolicies',
  'iam:AttachRolePolicy',
];

/** Which policies the access role has. */
export const LISTING_POLICIES = ['iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'];

/** Whether a role that is to be sealed has a boundary, and what that says. */
export const READING_BOUNDARY = ['iam:GetRole', 'iam:GetPolicy', 'iam:GetPolicyVersion'];
