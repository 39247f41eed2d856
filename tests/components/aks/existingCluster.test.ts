import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { KubeloginMode } from "../../../src/aks/enums";
import type { AksExistingClusterArgs } from "../../../src/aks/args";
import { AksExistingCluster } from "../../../src/aks/existingCluster";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { clusterAnswer } from "../../unit/aks/clusters";
import { AUTHORITY, CONVERTED_ARGS, LOCAL, SERVER } from "../../unit/aks/kubeconfigs";
import { HIDDEN, overheard, record, type RecordOptions, valueOf } from "../recorder";
import { itIsRefused } from "../refusedParts";
import { runHosted } from "../hostedProgram";
import { azure, ISSUER, SUBNET_ID } from "./azure";

const ARGS: AksExistingClusterArgs = { resourceGroupName: "research", clusterName: "production" };

const run = (args: Partial<AksExistingClusterArgs> = {}, options: RecordOptions = azure()) =>
    record(() => new AksExistingCluster("cluster", { ...ARGS, ...args }), options);

describe("AksExistingCluster of AKS", () => {
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
        assert.deepEqual(all.find(({ type }) => type.endsWith(":AksExistingCluster"))!.outputs, {
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
            const { asked, options } = overheard(azure());
            await run({ adminCredentials }, options);
            const about = { resourceGroupName: "research", resourceName: "production" };
            assert.deepEqual(asked, [
                ["getManagedCluster", about],
                [expected, adminCredentials ? about : { ...about, format: "exec" }],
            ]);
        }
    });

    it("gives a compute environment its address, its certificate authority and its provider", async () => {
        const ran = await record(() => {
            const { cluster, provider } = new AksExistingCluster("cluster", ARGS);
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
});

describe("an AksExistingCluster of AKS that cannot work", () => {
    itIsRefused('AksExistingCluster "cluster"', (args) => new AksExistingCluster("cluster", args), [
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
                "resourceGroupName: must not be empty (write its value)",
                'clusterName: required (write it like "production")',
                "workloadIdentity: must be known at preview; outputs are not allowed here (write a plain value)",
                'platformCidrs[1]: "seqera.io" is not a CIDR range (write it like "18.169.21.18/32")',
                'login: unsupported value "devicecode" (use one of "azurecli", "azd", "spn", "workloadidentity", "msi")',
            ],
        ],
    ]);

    const program = `new (part("aks").AksExistingCluster)("cluster", {
        resourceGroupName: "research", clusterName: "production", workloadIdentity: true,
    });`;
    const kubeconfig = (text: string) => ({
        kubeconfigs: [{ name: "clusterUser", value: Buffer.from(text).toString("base64") }],
    });

    it("is refused where Azure gives out a kubeconfig of nothing", async () => {
        const run = await runHosted(program, {
            getManagedCluster: clusterAnswer,
            listManagedClusterUserCredentials: kubeconfig("{}"),
        });
        assert.equal(run.errors.length, 1, run.errors.join("\n"));
        assert.match(
            run.errors[0],
            /^The kubeconfig from Azure does not contain an API server with a certificate authority/,
        );
    });
});
