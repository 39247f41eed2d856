import { createHash } from "node:crypto";
import { launcherRules } from "../../compile/namespace/rbac";
import { canonicalJson } from "../../compile/rules/names";
import { type Problem, problemLine } from "../../platform/problem";
import { proxyProblem } from "../../platform/proxy";
import { Unreachable } from "../../cluster/clusterClient";
import { tokenRefusal, type Trial, type TrialResult, tryCluster } from "../../cluster/trial";
import { assertNoFindings, noteUnchecked } from "./preflightFindings";
import type { Provider } from "./provider";
import { configure } from "./session";

export interface PreflightInputs extends Omit<Trial, "rights"> {
    server: string;
    certificateAuthority: string;
    token: string;
}

/** What was tried, as digests: state has all of it in the inputs already. */
export interface PreflightOutputs {
    triedDigest: string;
    tokenDigest: string;
}

const TRIED = ["server", "certificateAuthority", "namespace", "guards", "claims", "headPod", "taskPod"] as const;

function digests(inputs: PreflightInputs): PreflightOutputs {
    const digest = (value: unknown) => createHash("sha256").update(canonicalJson(value)).digest("hex");
    const tried = [...TRIED.map((key) => inputs[key] ?? null), launcherRules()];
    return { triedDigest: digest(tried), tokenDigest: digest(inputs.token) };
}

/** Looks before the Platform does: whether the cluster would let an environment work. Leaves nothing in it. */
export const preflightProvider: Provider<PreflightInputs, PreflightOutputs> = {
    configure,

    async check(_olds, news) {
        const reason = proxyProblem(news.server);
        return { inputs: news, failures: reason === undefined ? [] : [{ property: "cluster.server", reason }] };
    },

    async diff(_id, olds, news) {
        const { triedDigest, tokenDigest } = digests(news);
        const changes = olds.triedDigest !== triedDigest || olds.tokenDigest !== tokenDigest;
        return { changes, replaces: [], deleteBeforeReplace: false };
    },

    async create(inputs) {
        await look(inputs);
        return { id: `preflight-${inputs.namespace}`, outs: digests(inputs) };
    },

    async read(id, props) {
        return { id, props };
    },

    async update(_id, olds, news) {
        // A token that is new changes nothing about the cluster, where a quota may be used up by now: it has to be taken, no more.
        const outs = digests(news);
        await (olds.triedDigest === outs.triedDigest ? lookAtToken(news) : look(news));
        return { outs };
    },

    async delete() {
        // Nothing of it is anywhere.
    },
};

async function lookAtToken({ server, certificateAuthority, token }: PreflightInputs): Promise<void> {
    const refused = await tokenRefusal({ server, certificateAuthority, token }).catch((error: unknown) => {
        const { findings, notes } = unreachable(server, error);
        notes.forEach(noteUnchecked);
        assertNone(findings);
        return undefined;
    });
    if (refused !== undefined) {
        throw new Error(
            `The cluster rejects the launcher's new token: ${refused}. The credential keeps its current token. Fix the cause and run \`pulumi up\` again, or request another token by changing tokenRotation.request. Set preflight to false to skip this check.`,
        );
    }
}

async function look({ server, certificateAuthority, token, ...tried }: PreflightInputs): Promise<void> {
    const access = { server, certificateAuthority, token };
    const { findings, warned, notes } = await tryCluster(access, { ...tried, rights: launcherRules() }).catch(
        (error: unknown) => unreachable(server, error),
    );
    notes.forEach(noteUnchecked);
    warned.forEach((each) => console.log(`Preflight warning: ${problemLine(each)}`));
    assertNone(findings);
}

function assertNone(findings: Problem[]): void {
    assertNoFindings("the cluster would reject this environment, so nothing was created in the Platform", findings);
}

/** Where this machine cannot reach the API server, the Platform may, by another way. */
function unreachable(server: string, error: unknown): TrialResult {
    if (!(error instanceof Unreachable)) {
        throw error;
    }
    if (error.untrusted) {
        const replaced = error.proxied ? "; or, if the proxy replaces certificates, add its host to NO_PROXY" : "";
        const reason = `cannot verify the certificate of ${server}: ${error.message} (write the certificate authority of that server: certificate-authority-data in a kubeconfig${replaced})`;
        return { findings: [{ property: "cluster.certificateAuthority", reason }], warned: [], notes: [] };
    }
    return {
        findings: [],
        warned: [],
        notes: [
            `the cluster, because ${server} is not reachable from this machine: ${error.message}${error.proxied ? " (add its host to NO_PROXY if this machine reaches it without a proxy)" : ""}`,
        ],
    };
}
