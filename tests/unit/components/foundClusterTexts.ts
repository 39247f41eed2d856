/** What the clouds say in the same words of a cluster that was looked up, each behind a property of its own. */

export const MAY_LACK =
    "the API server accepts only some addresses, and it is not known whether they include the Platform's (set platformCidrs to the addresses that https://meta.seqera.io lists, so that this is checked)";

/** Before the command, of the one address of the Platform's that tests leave out. */
export const LACKS_ONE = "should include 18.135.7.45/32: the Platform cannot reach the API server from there";

export const noHeadPool = (...names: string[]): string =>
    `should contain a Linux pool that is neither spot nor tainted: head pods cannot be scheduled in ${names.join(", ")} (add such a pool, or set headPodOptions.tolerations for a pool that is not spot)`;
