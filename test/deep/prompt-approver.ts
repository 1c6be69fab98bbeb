import type { ApprovedSimulation } from '../../sandbox/simulation/scenario';

/** Approves whatever waits for it, again at each look until it is answered: chance has no part in the story. */
export const promptApprover = ({ application, mirror }: ApprovedSimulation): { look(): void } => ({
  look: () => {
    for (const { tenantUuid, status } of mirror.tenants.values()) {
      if (status !== 'AWAITING_APPROVAL') continue;
      const body = { decision: 'approve', reason: 'as agreed' };
      void application.callApi({ method: 'POST', path: `/vendings/${tenantUuid}/approval`, body });
    }
  },
});
