import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { apply, fed, kubectl, objects } from "./support/cluster";
import { calls, environments, freshEnvironment, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";

const CLOSED = { policyTypes: ["Ingress", "Egress"] };
const QUOTA = { "requests.cpu": "8", "requests.memory": "16Gi", pods: "20" };
const LIMITS = {
    default: { memory: "4Gi" },
    defaultRequest: { cpu: "100m", memory: "128Mi" },
    max: { cpu: "4", memory: "8Gi" },
};

const NO_FINALIZERS = JSON.stringify([{ op: "remove", path: "/metadata/finalizers" }]);

/** Each step goes on where the one before has ended. */
describe("a guarded namespace, on the real engine", function () {
    this.timeout(180_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        ({ namespace, stack } = await freshEnvironment(platform, {
            networkPolicy: { apiServerCidrs: ["10.0.0.1/32"], egress: [{ cidr: "10.20.0.0/16", ports: [5432] }] },
            resourceQuota: { hard: QUOTA },
            limitRange: LIMITS,
            advanced: { computeResourceType: "Job" },
        }));
    });

    after(() => platform?.stop());

    /** Makes a pod whose one container has these settings, as the API server's admission would have it. */
    function pod(name: string, spec: object, container: object): Promise<string> {
        const containers = [{ name: "main", image: "none", ...container }];
        const object = { apiVersion: "v1", kind: "Pod", metadata: { name, namespace }, spec: { ...spec, containers } };
        return fed(JSON.stringify(object), "create", "-f", "-");
    }

    it("is refused while one of the same name is stuck terminating, before anything is created in the Platform", async () => {
        await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
        const stuck = { name: "stuck", namespace, finalizers: ["example.com/never"] };
        await apply({ apiVersion: "v1", kind: "ConfigMap", metadata: stuck });
        await kubectl("delete", "namespace", namespace, "--wait=false");
        await stack.mustFail(new RegExp(`object is being deleted: namespaces "${namespace}" already exists`));
        assert.deepEqual(calls(platform), ["GET /service-info", "GET /compute-envs"]);
        await kubectl("-n", namespace, "patch", "configmap", "stuck", "--type=json", "-p", NO_FINALIZERS);
        await kubectl("wait", "--for=delete", `namespace/${namespace}`, "--timeout=60s");
    });

    it("ends AVAILABLE, with what the Platform makes let in", async () => {
        const { output } = await stack.mustUp();
        assert.equal(environments(platform)[0].status, "AVAILABLE");
        assert.doesNotMatch(output, /warning/);
        const [service] = await objects(namespace, "deployments");
        assert.ok(service, "the Platform's Deployment");
    });

    it("holds the policies, the quota and the limits that were asked for", async () => {
        const policies = await objects(namespace, "networkpolicies");
        assert.deepEqual(
            policies
                .map(({ spec: { podSelector, policyTypes, ingress } }) => [
                    podSelector.matchExpressions[0].operator,
                    policyTypes,
                    ingress,
                ])
                .sort(),
            [
                ["DoesNotExist", CLOSED.policyTypes, undefined],
                ["Exists", CLOSED.policyTypes, undefined],
            ],
        );
        assert.deepEqual((await objects(namespace, "resourcequotas"))[0].spec.hard, QUOTA);
        const [limits] = (await objects(namespace, "limitranges"))[0].spec.limits;
        // The most of a resource is what a container may use by default, too.
        const byDefault = { cpu: "4", memory: "4Gi" };
        assert.deepEqual(limits, { type: "Container", ...LIMITS, default: byDefault });
    });

    it("changes nothing but a quota, in place, when that is all that is asked for", async () => {
        await stack.configure({ resourceQuota: { hard: { ...QUOTA, pods: "30" } } });
        const { changes, output } = await stack.mustUp();
        // Pulumi counts the component around it as well, and the preflight, which looks again.
        assert.deepEqual([Object.keys(changes).sort(), changes.updated], [["unchanged", "updated"], 3], output);
        assert.match(output, /~ +kubernetes:core\/v1:ResourceQuota \S+ updated/);
    });

    it("lets a pod like a task's in, with the requests that it did not make", async () => {
        await pod("task", { serviceAccountName: "nextflow-task", restartPolicy: "Never" }, {});
        const [{ spec }] = (await objects(namespace, "pods")).filter(({ metadata }) => metadata.name === "task");
        assert.deepEqual(spec.containers[0].resources, {
            limits: { cpu: "4", memory: "4Gi" },
            requests: { cpu: "100m", memory: "128Mi" },
        });
        assert.equal(spec.volumes, undefined, "no token is mounted into a task");
    });

    const refused: [string, object, object, RegExp][] = [
        [
            "is privileged",
            {},
            { securityContext: { privileged: true } },
            /violates PodSecurity "baseline:latest": privileged/,
        ],
        [
            "mounts the node",
            { volumes: [{ name: "v", hostPath: { path: "/" } }] },
            {},
            /violates PodSecurity "baseline:latest": hostPath/,
        ],
        [
            "asks for more than a container may",
            {},
            { resources: { limits: { cpu: "5" } } },
            /maximum cpu usage per Container is 4/,
        ],
        [
            "finds no room",
            {},
            { resources: { requests: { memory: "8Gi" }, limits: { memory: "8Gi" } } },
            /exceeded quota/,
        ],
    ];
    for (const [what, spec, container, expected] of refused) {
        it(`refuses a pod that ${what}`, async () => {
            if (what === "finds no room") {
                await pod("filler", {}, container);
            }
            await assert.rejects(pod(what.replaceAll(" ", "-"), spec, container), expected);
        });
    }

    it("is removed with everything in it", async () => {
        await stack.mustDestroy();
        assert.deepEqual(environments(platform), []);
        await assert.rejects(kubectl("get", "namespace", namespace), /NotFound/);
    });
});
