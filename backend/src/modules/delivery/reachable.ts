/** Whether user `u` has a channel that a message can be sent to. An open page is not counted: nobody knows of it beforehand. */
export const IS_REACHABLE = `EXISTS (
  SELECT FROM alert_channels c WHERE c.user_id = u.id AND c.verified_at IS NOT NULL AND c.disabled_at IS NULL
    AND c.removed_at IS NULL)`;
