import assert from "node:assert/strict";
import { type Run, runHosted } from "./hostedProgram";

/** No line of a stack trace, no source text: only what the user can act on. */
function assertPlain({ errors, output }: Run): void {
    for (const text of [...errors, output]) {
        assert.doesNotMatch(text, /^\s+at |node_modules|\.ts:\d+|Running program/m);
    }
}

describe("what Pulumi prints", () => {
    it("of arguments that cannot work: the lines that say so, once, and nothing is registered", async () => {
        const run = await runHosted(
            'new seqera.KubernetesComputeEnvironment("prod", { name: "my env", cluster: { server: "http://10.0.0.1" } });',
        );
        assert.deepEqual(run.errors, [
            [
                'KubernetesComputeEnvironment "prod" has invalid arguments:',
                '  name: "my env" contains characters other than letters, digits, dashes and underscores (write it like "my-env")',
                '  cluster.server: "http://10.0.0.1" is not an https URL (write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443")',
            ].join("\n"),
        ]);
        assert.deepEqual(run.registered, []);
        assert.notEqual(run.code, 0);
        assertPlain(run);
    });

    it("of what another resource's output turns out to be: the lines about the user's own arguments", async () => {
        const run = await runHosted(
            `new seqera.KubernetesComputeEnvironment("prod", {
                cluster: { server: "https://10.0.0.1" },
                headJob: { memory: pulumi.output("16 gallons") },
                storage: { size: pulumi.output("500GB") },
            });`,
        );
        const whose = 'KubernetesComputeEnvironment "prod" has invalid arguments:';
        const lines = [
            'storage.size: "500GB" is not a Kubernetes quantity (write it like "500Gi")',
            'headJob.memory: "16 gallons" is not an amount of memory (write it like "16 GB")',
        ];
        assert.deepEqual(run.errors, [[whose, ...lines].join("\n  ")]);
        assert.deepEqual(run.registered, []);
        assert.notEqual(run.code, 0);
        assertPlain(run);
    });

    it("of a token that Kubernetes never filled in: what it waits for, and what to do, once", async () => {
        const run = await runHosted(
            `const environment = new seqera.KubernetesComputeEnvironment("prod", {
                cluster: { server: "https://10.0.0.1" },
                serviceAccounts: { launcher: { name: "nobody", create: false } },
            });
            // Pulumi prints errors one way while outputs of the program are waited for, and another way afterwards.
            exports.id = environment.computeEnvId;`,
        );
        assert.deepEqual(run.errors, [
            'The Secret "nobody-token" has no token and no ca.crt. Kubernetes adds them when the service account exists and the controller manager is running. Check both and run `pulumi up` again.',
        ]);
        assert.ok(!run.registered.includes("pulumi-nodejs:dynamic/seqera:Credentials"));
        assert.notEqual(run.code, 0);
        assertPlain(run);
    });

    it("of a package that only another one brings: what to install where, and nothing is registered (case 14)", async () => {
        const body = 'new seqera.Label("team", { name: "team", value: "genomics" });';
        const run = await runHosted(body, {}, false);
        assert.deepEqual(run.registered, []);
        assert.notEqual(run.code, 0);
        assertPlain({ ...run, errors: [], output: run.output });
        const [error, ...more] = run.errors;
        assert.match(
            error,
            /^pulumi-seqera-kubernetes: .* \(add "pulumi-seqera-kubernetes" to the dependencies in \S+package\.json and install it, [^\n]*\)$/,
        );
        assert.deepEqual(more, []);
    });

    it("of arguments that work: nothing, and neither YAML nor HTTP is loaded for them", async () => {
        const run = await runHosted(
            `new seqera.WorkClaim("work", { namespace: "nextflow" });
            const heavy = Object.keys(require.cache).filter((file) => /node_modules.(yaml|got|p-throttle)\\W/.test(file));
            if (heavy.length > 0) throw new Error(heavy.join());`,
        );
        assert.deepEqual(run.errors, []);
        assert.deepEqual(run.registered, [
            "pulumi-seqera-kubernetes:index:WorkClaim",
            "pulumi-nodejs:dynamic/seqera:ClaimGuard",
            "kubernetes:core/v1:PersistentVolumeClaim",
        ]);
        assert.equal(run.code, 0, run.output);
    });
});
