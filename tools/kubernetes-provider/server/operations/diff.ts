/** Diff: stored state against new inputs. The API server is asked nothing but, for custom kinds, their scope. */

import { objectOf, readCheckpoint } from "../checkpoint";
import { diffObjects, type ObjectDiff } from "../diff";
import { gvkOf } from "../kubeObject";
import type { Fields } from "../../../plugin/server/values";
import type { Context } from "./context";

export async function diff(
    olds: Fields,
    news: Fields,
    ignoreChanges: readonly string[],
    { cluster }: Context,
): Promise<ObjectDiff> {
    const newInputs = objectOf(news);
    const { inputs: oldInputs, live: oldLive } = readCheckpoint(olds);
    const customIsNamespaced = await cluster.isNamespaced(gvkOf(newInputs));
    return diffObjects({
        oldInputs,
        oldLive,
        newInputs,
        ignoreChanges,
        mutable: { configMaps: cluster.options.mutableConfigMaps, secrets: cluster.options.mutableSecrets },
        ...(customIsNamespaced !== undefined && { customIsNamespaced }),
    });
}
