/** The wait at the end of a create or an update, as the user sees it. */

import { awaitReady, skipsAwait } from "../await/awaiter";
import { isUnawaited } from "../await/readiness";
import { annotationOf, type KubeObject, kindOf } from "../kubeObject";
import type { Context } from "./context";

export interface ReadyRequest {
    readonly urn: string;
    readonly inputs: KubeObject;
    readonly outputs: KubeObject;
    readonly updated: boolean;
    /** `customTimeouts`, in seconds; 0 where the program sets none. */
    readonly timeout: number;
}

export async function whenReady(request: ReadyRequest, { cluster, log, signal }: Context): Promise<KubeObject> {
    const { urn, inputs } = request;
    if (!skipsAwait(inputs)) {
        if (isUnawaited(inputs)) {
            log.info(`the stand-in does not wait until a ${kindOf(inputs)} is ready; the official plugin does`, urn);
        }
        if (annotationOf(inputs, "pulumi.com/waitFor") !== "") {
            log.warn("the stand-in does not know the annotation pulumi.com/waitFor; the official plugin does", urn);
        }
    }
    const progress = (message: string): void => log.status(message, urn);
    try {
        return await awaitReady({ ...request, objects: cluster.objects, signal, progress });
    } finally {
        progress("");
    }
}
