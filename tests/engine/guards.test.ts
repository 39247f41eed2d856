import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlatformEmulator } from "../../src/emulator";
import { kubectl, objects } from "./support/cluster";
import { environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";

const CLOSED = { policyTypes: ["Ingress", "Egress"] };
const QUOTA = { "requests.cpu": "8", "requests.memory": "16Gi", pods: "20" };
const LIMITS = {
    default: { memory: "4Gi" },
    defaultRequest: { cpu: "100m", memory: "128Mi" },
    max: { cpu: "4", memory: "8Gi" },
};

describe("a guarded namespace, on the real engine", function () {
    this.timeout(180_000);

    const namespace = freshNamespace();
    const folder = mkdtempSync(join(tmpdir(), "guards-"));
    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        stack = await environmentStack(platform, namespace, {
            networkPolicy: { apiServerCidrs: ["10.0.0.1/32"], egress: [{ cidr: "10.20.0.0/16", ports: [5432] }] },
            resourceQuota: { hard: QUOTA },
            limitRange: LIMITS,
            advanced: { computeResourceType: "Job" },
        });
    });

    after(async () => {
        await platform?.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    /** Makes a pod whose one container has these settings, as the API server's admission would have it. */
    async function pod(name: string, spec: object, container: object): Promise<string> {
        const file = join(folder, `${name}.json`);
        const containers = [{ name: "main", image: "none", ...container }];
        const object = { apiVersion: "v1", kind: "Pod", metadata: { name, namespace }, spec: { ...spec, containers } };
        writeFileSync(file, JSON.stringify(object));
        return kubectl("create", "-f", file);
    }

    it("ends AVAILABLE, with what the Platform makes let in", async () => {
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
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

    it("changes nothing when it is run again, and a quota in place", async () => {
        assert.deepEqual(
            (await stack.preview()).map(({ op, type }) => `${op} ${type}`),
            [],
        );
        await stack.configure({ resourceQuota: { hard: { ...QUOTA, pods: "30" } } });
        assert.deepEqual(
            (await stack.preview()).map(({ op, type }) => `${op} ${type}`),
            ["update kubernetes:core/v1:ResourceQuota"],
        );
        // Pulumi counts the component around it as well.
        assert.equal((await stack.up()).changes.updated, 2);
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
        assert.equal((await stack.destroy()).code, 0);
        assert.deepEqual(environments(platform), []);
        await assert.rejects(kubectl("get", "namespace", namespace), /NotFound/);
    });
});
