import type { KubernetesPlatform } from "../../platform/types";
import { badRequest, type Scope } from "../http/api";
import { PLATFORMS } from "./computeConfig";
import type { Services } from "../state/services";

/**
 * The checks before a credential is used (https://docs.seqera.io/platform-cloud/compute-envs/preflight-checks): a
 * deleted or INVALID one is refused with these texts, and its provider must fit the platform.
 */
export function requireUsableCredentials(
    { store, options }: Services,
    scope: Scope,
    platform: KubernetesPlatform,
    id: string | undefined,
): asserts id is string {
    if (id === undefined) {
        throw badRequest(`Missing required field 'credentialsId' for platform '${platform}'`);
    }
    const credentials = store.credentials(id);
    if (!credentials || credentials.scope !== scope.key) {
        throw badRequest(`Unknown credentials with ID '${id}'`);
    }
    if (credentials.deleted) {
        throw badRequest(
            `The credentials '${credentials.name}' have been deleted. Select different credentials and try again`,
        );
    }
    const wanted = PLATFORMS[platform].credentials;
    if (credentials.provider !== wanted) {
        throw badRequest(
            `The credentials '${credentials.name}' are of provider '${credentials.provider}', platform '${platform}' needs '${wanted}'`,
        );
    }
    if (options.preflight && credentials.status === "INVALID") {
        throw badRequest(
            `The credentials '${credentials.name}' are invalid — ${credentials.message ?? "unknown reason"}. Update and validate the credentials, then try again`,
        );
    }
}
