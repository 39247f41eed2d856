import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { KubeloginMode } from "../../../src/aks/choices";
import { ExistingCluster, type ExistingClusterArgs } from "../../../src/aks/existingCluster";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { clusterAnswer } from "../../unit/aks/clusters";
import { AUTHORITY, CONVERTED_ARGS, ENTRA, LOCAL, SERVER } from "../../unit/aks/kubeconfigs";
import { HIDDEN, isKnown, record, type RecordOptions, valueOf } from "../recorder";
import { itIsRefused } from "../refusedParts";
import { runHosted } from "../hostedProgram";
import { azure, ISSUER, SUBNET_ID } from "./azure";

const ARGS: ExistingClusterArgs = { resourceGroupName: "research", clusterName: "production" };

const run = (args: Partial<ExistingClusterArgs> = {}, options: RecordOptions = azure()) =>
    record(() => new ExistingCluster("cluster", { ...ARGS, ...args }), options);

describe("ExistingCluster of AKS", () => {
    it("finds the cluster and makes its provider, which stays the same one", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), ["ExistingCluster cluster", "kubernetes cluster"]);
        assert.equal(ran.one("ExistingCluster").type, "pulumi-seqera-kubernetes:aks:ExistingCluster");
        const provider = ran.one("kubernetes");
        assert.equal(provider.parent, "ExistingCluster cluster");
        assert.equal(provider.inputs.clusterIdentifier, clusterAnswer.id);
    });

    it("signs in without a human, and hides the kubeconfig", async () => {
        const ran = await run();
        const { inputs, shown } = ran.one("kubernetes");
        assert.equal(shown.kubeconfig, HIDDEN);
        assert.deepEqual(parse(inputs.kubeconfig).users[0].user.exec.args, CONVERTED_ARGS("azurecli"));
        const other = await run({ login: KubeloginMode.WorkloadIdentity });
        const [{ user }] = parse(other.one("kubernetes").inputs.kubeconfig).users;
        assert.deepEqual(user.exec.args, CONVERTED_ARGS("workloadidentity"));
    });

    it("says what other components need, and nothing of it is a secret", async () => {
        const { result, all } = await run();
        assert.deepEqual(await valueOf(result.cluster), { server: SERVER, certificateAuthority: AUTHORITY });
        assert.deepEqual(all.find(({ type }) => type.endsWith(":ExistingCluster"))!.outputs, {
            cluster: { server: SERVER, certificateAuthority: AUTHORITY },
            clusterId: clusterAnswer.id,
            location: "westeurope",
            kubernetesVersion: "1.35.2",
            oidcIssuerUrl: ISSUER,
            nodeSubnetIds: [SUBNET_ID.replace("nodes", "big"), SUBNET_ID],
            nodeResourceGroup: "MC_research_production_westeurope",
        });
    });

    it("hides the key of a local account, too", async () => {
        const ran = await run({}, azure({}, LOCAL));
        const provider = ran.one("kubernetes");
        assert.equal(provider.shown.kubeconfig, HIDDEN);
        assert.ok(provider.inputs.kubeconfig.includes("local-account-token"));
        assert.ok(!JSON.stringify(ran.all.map(({ shown, outputs }) => [shown, outputs])).includes("local-account"));
    });

    it("asks Azure about this cluster alone, for an administrator only on demand", async () => {
        for (const [adminCredentials, expected] of [
            [undefined, "listManagedClusterUserCredentials"],
            [true, "listManagedClusterAdminCredentials"],
        ] as const) {
            const asked: [string, object][] = [];
            const answers = azure();
            await run(
                { adminCredentials },
                {
                    ...answers,
                    calls: (token, inputs) => {
                        asked.push([token.slice(token.lastIndexOf(":") + 1), inputs]);
                        return answers.calls!(token, inputs);
                    },
                },
            );
            const about = { resourceGroupName: "research", resourceName: "production" };
            assert.deepEqual(asked, [
                ["getManagedCluster", about],
                [expected, adminCredentials ? about : { ...about, format: "exec" }],
            ]);
        }
    });

    it("gives a compute environment its address, its certificate authority and its provider", async () => {
        const ran = await record(() => {
            const { cluster, provider } = new ExistingCluster("cluster", ARGS);
            return new KubernetesComputeEnvironment("prod", { cluster }, { provider });
        }, azure());
        const { config } = ran.one("ComputeEnv").inputs;
        assert.equal(config.server, SERVER);
        assert.equal(ran.one("ComputeEnv").shown.config.server, SERVER);
        assert.equal(ran.one("Namespace").provider, "cluster");
        // The token of the launcher is how the Platform gets in, so nothing of Azure's is needed for that.
        assert.deepEqual(
            ran.all.filter(({ type }) => type.startsWith("azure-native:")),
            [],
        );
    });

    it("knows nothing yet of a cluster that is made in the same program", async () => {
        const ran = await record(
            () => {
                const unknown = new pulumi.StackReference("other").getOutput("cluster") as pulumi.Output<string>;
                return new ExistingCluster("cluster", { ...ARGS, clusterName: unknown });
            },
            { preview: true },
        );
        assert.equal(await isKnown(ran.result.cluster), false);
    });
});

describe("an ExistingCluster of AKS that cannot work", () => {
    itIsRefused('ExistingCluster "cluster"', (args) => new ExistingCluster("cluster", args), [
        [
            "values that are none",
            {
                resourceGroupName: "",
                clusterName: undefined,
                platformCidrs: ["18.169.21.18", "seqera.io"],
                login: "devicecode",
                workloadIdentity: pulumi.output(true),
            },
            [
                "resourceGroupName is empty; write its value",
                'clusterName is missing; write it like "production"',
                "workloadIdentity is another resource's output, but decides what is made; write a plain value",
                'platformCidrs[1] "seqera.io" is no range of addresses in CIDR notation; write it like "18.169.21.18/32"',
                'login "devicecode" is no such choice; write one of "azurecli", "azd", "spn", "workloadidentity", "msi"',
            ],
        ],
    ]);

    const program = `new (part("aks").ExistingCluster)("cluster", {
        resourceGroupName: "research", clusterName: "production", workloadIdentity: true,
    });`;
    const kubeconfig = (text: string) => ({
        kubeconfigs: [{ name: "clusterUser", value: Buffer.from(text).toString("base64") }],
    });

    it("is refused for what Azure says of the cluster, all of it in one error, and has no provider then", async () => {
        const cluster = { apiServerAccessProfile: { enablePrivateCluster: true }, securityProfile: {} };
        const run = await runHosted(program, {
            getManagedCluster: { ...clusterAnswer, ...cluster },
            listManagedClusterUserCredentials: kubeconfig(ENTRA),
        });
        assert.equal(run.errors.length, 1, run.errors.join("\n"));
        assert.match(
            run.errors[0],
            /^ExistingCluster "cluster" found the cluster "production", which cannot work as it is:\n {2}apiServerAccessProfile\.enablePrivateCluster is true, so Seqera Cloud .*\n {2}securityProfile\.workloadIdentity\.enabled is not true, .*$/,
        );
        assert.deepEqual(run.registered, ["pulumi-seqera-kubernetes:aks:ExistingCluster"]);
        assert.notEqual(run.code, 0);
        assert.doesNotMatch(run.output, /^\s+at /m);
    });

    it("is refused where Azure gives out a kubeconfig of nothing", async () => {
        const run = await runHosted(program, {
            getManagedCluster: clusterAnswer,
            listManagedClusterUserCredentials: kubeconfig("{}"),
        });
        assert.equal(run.errors.length, 1, run.errors.join("\n"));
        assert.match(run.errors[0], /^The kubeconfig that Azure gave out names no API server/);
    });

    it("warns of what is likely a slip, and goes on", async () => {
        const run = await runHosted(program, {
            getManagedCluster: { ...clusterAnswer, apiServerAccessProfile: { authorizedIPRanges: ["192.0.2.0/24"] } },
            listManagedClusterUserCredentials: kubeconfig(ENTRA),
        });
        assert.deepEqual(run.errors, []);
        assert.equal(run.warnings.length, 1, run.warnings.join("\n"));
        assert.match(
            run.warnings[0],
            /^ExistingCluster "cluster" found the cluster "production": apiServerAccessProfile\.authorizedIPRanges lets only some addresses in, /,
        );
        assert.deepEqual(run.registered.slice(1), ["pulumi:providers:kubernetes"]);
    });
});
