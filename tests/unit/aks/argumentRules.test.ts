import assert from "node:assert/strict";
import { existingClusterRules, workloadIdentityRules } from "../../../src/aks/argumentRules";
import { azureFilesRules, netAppFilesRules } from "../../../src/aks/storageRules";
import { UNKNOWN } from "../../../src/compile/rules/rules";
import { lines } from "../compile/support";

const ID = "/subscriptions/1/resourceGroups/research/providers/Microsoft";
const SUBNET = `${ID}.Network/virtualNetworks/research/subnets/nodes`;

const PARTS = {
    AksExistingCluster: {
        rules: existingClusterRules,
        least: { resourceGroupName: "research", clusterName: "production" },
        later: { resourceGroupName: UNKNOWN, clusterName: UNKNOWN, platformCidrs: UNKNOWN, login: UNKNOWN },
    },
    AksWorkloadIdentity: {
        rules: workloadIdentityRules,
        least: { resourceGroupName: "research", issuerUrl: "https://issuer/" },
        later: {
            resourceGroupName: UNKNOWN,
            issuerUrl: UNKNOWN,
            storageAccountId: UNKNOWN,
            containers: [{ name: "results", access: UNKNOWN, roleDefinitionId: UNKNOWN }],
            labelHeadPods: true,
            kubernetesVersion: UNKNOWN,
        },
    },
    AzureFilesStorage: {
        rules: azureFilesRules,
        least: { resourceGroupName: "research", subnetIds: [SUBNET] },
        later: {
            ...{ resourceGroupName: UNKNOWN, subnetIds: UNKNOWN, accountName: UNKNOWN, shareName: UNKNOWN },
            ...{ protocol: UNKNOWN, sku: UNKNOWN, sizeGiB: UNKNOWN, provisionedIops: UNKNOWN },
            ...{ provisionedThroughputMiBps: UNKNOWN, encryptInTransit: UNKNOWN },
        },
    },
    NetAppFilesStorage: {
        rules: netAppFilesRules,
        least: { resourceGroupName: "research", subnetId: SUBNET, allowedClients: ["10.0.0.0/16"] },
        later: {
            ...{ resourceGroupName: UNKNOWN, subnetId: UNKNOWN, allowedClients: [UNKNOWN], accountName: UNKNOWN },
            ...{ poolName: UNKNOWN, poolSizeTiB: UNKNOWN, sizeGiB: UNKNOWN, serviceLevel: UNKNOWN },
            ...{ nfsVersion: UNKNOWN, volumePath: UNKNOWN },
        },
    },
};

for (const [part, { rules, least, later }] of Object.entries(PARTS)) {
    describe(`the arguments of ${part} of AKS`, () => {
        it("are taken with no more than is needed", () => assert.deepEqual(lines(rules, least), []));

        it("are taken while they are not known yet, wherever a value may be an output", () =>
            assert.deepEqual(lines(rules, later), []));

        it("are taken with null for what is not set", () => {
            const unset = Object.fromEntries(
                rules.filter(({ about }) => about !== "members").map(({ property }) => [property.split(".")[0], null]),
            );
            assert.deepEqual(lines(rules, { ...unset, ...least }), []);
        });

        it("are judged though there are none", () => {
            for (const args of [undefined, null, {}]) {
                assert.ok(lines(rules, args).length > 0);
            }
        });

        it("are judged by rules that name a public source each", () => {
            for (const { property, source } of rules) {
                assert.match(
                    source,
                    /^https:\/\/(learn\.microsoft\.com|azure\.github\.io|kubernetes\.io|www\.pulumi\.com)\//,
                    property,
                );
            }
        });
    });
}
