import type { CloudAnswers } from "../../../../tools/cloud-provider";

export const answers: CloudAnswers = {
    resources: {
        "aws:s3/bucket:Bucket": {
            autoname: "bucket",
            replaceOn: ["bucket"],
            made: ({ bucket }, { config }) => ({
                id: bucket as string,
                outputs: { arn: `arn:aws:s3:::${bucket as string}`, region: config["region"]! },
            }),
        },
    },
    functions: {
        "aws:index/getCallerIdentity:getCallerIdentity": (_, { facts }) => ({ accountId: facts["account"]! }),
    },
    components: {
        "eks:index:Cluster": ({ authenticationMode }, { name }) => ({
            kubeconfig: { clusters: [{ name }] },
            oidcIssuer: `https://oidc.example/${authenticationMode as string}`,
        }),
    },
};
