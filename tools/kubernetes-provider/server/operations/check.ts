/** Check: the program's inputs, made complete and normal, before anything is compared or sent. */

import { fieldsOf, markSecrets, objectOf } from "../checkpoint";
import { isNamespaced } from "../kinds";
import { apiVersionOf, gvkOf, gvkOfType, type KubeObject, kindOf, namespaceOf, withMetadata } from "../kubeObject";
import { type EngineNaming, isGenerateName, keepName, nameNew } from "../naming";
import { normalize } from "../normalize";
import { type Fields, isFields, isUnknown } from "../../../plugin/server/values";
import type { Context } from "./context";
import type { ResourceName } from "../../../plugin/server/structs";

export interface CheckRequest extends ResourceName {
    readonly olds: Fields;
    readonly news: Fields;
    readonly seed: Uint8Array;
    readonly naming?: EngineNaming | undefined;
}

export async function check(request: CheckRequest, { cluster }: Context): Promise<Fields> {
    const given = identified(objectOf(request.news), request);
    const normal = normalize(given);
    const old = objectOf(request.olds);
    const named =
        Object.keys(request.olds).length > 0
            ? keepName(normal, old)
            : nameNew(normal, {
                  logicalName: request.name,
                  urn: request.urn,
                  seed: request.seed,
                  ...(request.naming && { naming: request.naming }),
              });
    if (isGenerateName(named)) {
        throw new Error(
            "metadata.generateName cannot be used with server-side apply: set metadata.name or leave both out",
        );
    }
    const complete = await placed(named, cluster);
    return markSecrets(fieldsOf(complete), request.news);
}

/** With the group, version and kind of the resource's type, which some languages leave to the provider. */
function identified(object: KubeObject, { type }: ResourceName): KubeObject {
    const gvk = gvkOfType(type);
    const complete = { apiVersion: apiVersionOf(gvk), kind: gvk.kind, ...object };
    if (gvk.kind === `${kindOf(complete)}Patch`) {
        throw new Error(
            `${type} is a Patch resource, which the stand-in for the Kubernetes plugin does not support; ` +
                "install the official plugin: pulumi plugin install resource kubernetes",
        );
    }
    if (gvk.kind.endsWith("List") && gvk.kind === kindOf(complete) && isNamespaced(gvk) !== undefined) {
        throw new Error(`${type} is a list, which cannot be created itself: use the resource of its items`);
    }
    return complete;
}

async function placed(object: KubeObject, cluster: Context["cluster"]): Promise<KubeObject> {
    const { namespace } = isFields(object["metadata"]) ? object["metadata"] : {};
    if (isUnknown(namespace) || namespaceOf(object) !== "") {
        return object;
    }
    // Of a custom kind that nobody knows yet a namespaced one is the better guess: most are.
    const namespaced = (await cluster.isNamespaced(gvkOf(object))) ?? true;
    return namespaced ? withMetadata(object, { namespace: cluster.namespace }) : object;
}
