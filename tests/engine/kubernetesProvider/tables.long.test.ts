import assert from "node:assert/strict";
import { isBuiltIn, isNamespaced } from "../../../tools/kubernetes-provider/server/kinds";
import { parseApiVersion } from "../../../tools/kubernetes-provider/server/kubeObject";
import { canonicalQuantity } from "../../../tools/kubernetes-provider/server/quantity";
import { quantityPaths } from "../../../tools/kubernetes-provider/server/quantityFields";
import { type Bench, sharedBench } from "./bench";

const quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";

describe("what the stand-in knows of Kubernetes by heart", function () {
    this.timeout(60_000);
    let bench: Bench;

    before(async () => {
        bench = await sharedBench();
    });

    it("is each kind's scope, as the API server has it", async () => {
        const raw = async (path: string): Promise<any> => JSON.parse(await bench.kubectl(["get", "--raw", path]));
        const { items: custom } = await raw("/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
        const customGroups = custom.map(({ spec }: any) => spec.group);
        const groups = (await raw("/apis")).groups
            .filter(({ name }: any) => !customGroups.includes(name))
            .flatMap(({ versions }: any) => versions);
        const versions = ["v1", ...groups.map(({ groupVersion }: any) => groupVersion)];
        let checked = 0;
        for (const groupVersion of versions) {
            const list = await raw(groupVersion === "v1" ? "/api/v1" : `/apis/${groupVersion}`);
            for (const { kind, namespaced, name } of list.resources) {
                const gvk = { ...parseApiVersion(groupVersion), kind };
                if (!name.includes("/")) {
                    assert.ok(isBuiltIn(gvk), groupVersion);
                    assert.equal(isNamespaced(gvk), namespaced, `${groupVersion} ${kind}`);
                    checked += 1;
                }
            }
        }
        assert.ok(checked > 60, `${checked} kinds`);
    });

    it("is where quantities are, as the API server's OpenAPI document has it", async () => {
        const { definitions } = JSON.parse(await bench.kubectl(["get", "--raw", "/openapi/v2"]));
        const kinds = Object.entries<any>(definitions).flatMap(([name, definition]) =>
            (definition["x-kubernetes-group-version-kind"] ?? [])
                .filter(({ kind }: any) => definition.properties?.metadata && !kind.endsWith("List"))
                .map((gvk: any) => ({ name, gvk })),
        );
        const expected: Record<string, string[]> = {};
        const known: Record<string, string[]> = {};
        for (const { name, gvk } of kinds) {
            const paths = quantitiesIn(definitions, name);
            if (paths.length > 0 && isCurrent(gvk)) {
                expected[`${gvk.group}/${gvk.version} ${gvk.kind}`] = paths.sort();
                known[`${gvk.group}/${gvk.version} ${gvk.kind}`] = [...quantityPaths(gvk)].sort();
            }
        }
        assert.deepEqual(known, expected);
        assert.ok(Object.keys(expected).length >= 15, Object.keys(expected).join());
    });

    it("is how quantities are written, as the API server writes them", async () => {
        const texts = [
            "1000m",
            "0.5",
            "1024Mi",
            "1.5Gi",
            "2000",
            "1500",
            "1e3",
            "1E",
            "0.3Ki",
            "100n",
            "1Ei",
            "0",
            "3.14k",
        ];
        // A size limit may be any amount that is not negative; in most places the API server wants a whole one.
        const volumes = texts.map((sizeLimit, index) => ({ name: `v${index}`, emptyDir: { sizeLimit } }));
        const spec = { containers: [{ name: "a", image: "a" }], volumes };
        const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "q", namespace: "default" }, spec };
        const pod = JSON.parse(await bench.kubectl(["create", "--dry-run=server", "-o", "json", "-f", "-"], object));
        assert.deepEqual(
            pod.spec.volumes.slice(0, texts.length).map(({ emptyDir }: any) => emptyDir.sizeLimit),
            texts.map(canonicalQuantity),
        );
    });
});

/** Alpha and beta versions come and go; their fields are those of the stable one, or not worth a table. */
const isCurrent = ({ version }: { version: string }): boolean => /^v\d+$/.test(version);

/** Every path that a program can set, in the table's notation. */
function quantitiesIn(definitions: Record<string, any>, name: string, seen: readonly string[] = []): string[] {
    const short = (ref: string): string => ref.replace("#/definitions/", "");
    const paths = (schema: any): string[] => {
        const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
        if (ref) {
            if (short(ref) === quantity) {
                return [""];
            }
            return seen.includes(short(ref)) ? [] : quantitiesIn(definitions, short(ref), [...seen, name]);
        }
        if (schema.type === "array") {
            return paths(schema.items).map((rest) => `[]${rest === "" ? "" : `.${rest}`}`);
        }
        if (schema.additionalProperties) {
            return paths(schema.additionalProperties).map((rest) => (rest === "" ? "*" : `*.${rest}`));
        }
        return [];
    };
    return Object.entries<any>(definitions[name]?.properties ?? {})
        .filter(([field]) => field !== "status")
        .flatMap(([field, schema]) =>
            paths(schema).map((rest) =>
                rest === "" ? field : rest.startsWith("[]") ? `${field}${rest}` : `${field}.${rest}`,
            ),
        );
}
