/** Environment variables by which the processes of a run find what they share. */

/** The directory of a control plane that runs. */
export const SHARED_CLUSTER = "TEST_CLUSTER";

/** A folder that has the package installed. */
export const SHARED_PACKAGE = "TEST_PACKAGE";
