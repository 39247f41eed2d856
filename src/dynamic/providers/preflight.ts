import { problemLine } from "../../platform/problem";
import { Unreachable } from "../../cluster/client";
import { tokenRefusal, type Trial, type TrialResult, tryCluster } from "../../cluster/preflight";
import type { Provider } from "./provider";
import { configure } from "./session";
import { same } from "./values";

export interface PreflightInputs extends Trial {
    server: string;
    certificateAuthority: string;
    token: string;
}

export type PreflightOutputs = PreflightInputs;

const TRIED = ["server", "certificateAuthority", "namespace", "claims", "rights", "headPod", "taskPod"] as const;

/** Looks before the Platform does: whether the cluster would let an environment work. Leaves nothing in it. */
export const preflightProvider: Provider<PreflightInputs, PreflightOutputs> = {
    configure,

    async check(_olds, news) {
        return { inputs: news, failures: [] };
    },

    async diff(_id, olds, news) {
        const changes = [...TRIED, "token" as const].some((key) => !same(olds[key], news[key]));
        return { changes, replaces: [], deleteBeforeReplace: false };
    },

    async create(inputs) {
        await look(inputs);
        return { id: `preflight-${inputs.namespace}`, outs: inputs };
    },

    async read(id, props) {
        return { id, props, inputs: props };
    },

    async update(_id, olds, news) {
        // A token that is new changes nothing about the cluster, where a quota may be used up by now: it has to be taken, no more.
        const onlyToken = TRIED.every((key) => same(olds[key], news[key]));
        await (onlyToken ? lookAtToken(news) : look(news));
        return { outs: news };
    },

    async delete() {
        // Nothing of it is anywhere.
    },
};

async function lookAtToken({ server, certificateAuthority, token }: PreflightInputs): Promise<void> {
    const refused = await tokenRefusal({ server, certificateAuthority, token }).catch((error: unknown) => {
        const { findings, notes } = unreachable(server, error);
        notes.forEach(note);
        return findings.map(problemLine)[0];
    });
    if (refused !== undefined) {
        throw new Error(
            `The cluster does not take the launcher's new token (${refused}), so the credential keeps the one that it has. Mend the cause and run \`pulumi up\` again, or ask for another token with another tokenRotation.request; preflight: false goes on without looking.`,
        );
    }
}

async function look({ server, certificateAuthority, token, ...trial }: PreflightInputs): Promise<void> {
    const { findings, warned, notes } = await tryCluster({ server, certificateAuthority, token }, trial).catch(
        (error: unknown) => unreachable(server, error),
    );
    notes.forEach(note);
    warned.forEach((each) => console.log(`The preflight warns: ${problemLine(each)}`));
    if (findings.length > 0) {
        const lines = findings.map((each) => `  ${problemLine(each)}`);
        throw new Error(
            [
                "The cluster would not let this compute environment work, so nothing was made in the Platform:",
                ...lines,
                "  (preflight: false goes on without looking.)",
            ].join("\n"),
        );
    }
}

function note(what: string): void {
    console.log(`The preflight could not try ${what}; the Platform may still find fault with it`);
}

/** Where this machine cannot reach the API server, the Platform may, by another way. */
function unreachable(server: string, error: unknown): TrialResult {
    if (!(error instanceof Unreachable)) {
        throw error;
    }
    if (error.untrusted) {
        const reason = `does not vouch for ${server} (${error.message}); write the authority of that address, which a kubeconfig has as certificate-authority-data`;
        return { findings: [{ property: "cluster.certificateAuthority", reason }], warned: [], notes: [] };
    }
    return {
        findings: [],
        warned: [],
        notes: [`the cluster: ${server} cannot be reached from here (${error.message})`],
    };
}
