/** What the clouds say in the same words of a cluster that was looked up, each behind a property of its own. */

/** Behind "let" or "lets". */
export const MAY_LACK =
    "only some addresses in, and whether the Platform's are among them is not known; set platformCidrs to those that https://meta.seqera.io lists, to have it checked";

/** Behind "lack" or "lacks", of the one address of the Platform's that tests leave out. */
export const LACKS_ONE = "18.135.7.45/32, so the Platform cannot reach the API server from there";

export const noHeadPool = (...names: string[]): string =>
    `have no Linux pool that is neither spot nor tainted (${names.join(", ")}), so head pods find no node; add one, or set headPodOptions.tolerations for a pool whose nodes stay`;
