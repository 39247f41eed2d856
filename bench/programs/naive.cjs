const pulumi = require("@pulumi/pulumi");
const cluster = require("./cluster.cjs");
const configuration = require("./configuration.cjs");
const { namespaces, server } = require("./settings.cjs");

// Dynamic providers as Pulumi's own guide has them: Pulumi serialises the closures into every resource. Each has a client of its
// own, and makes the calls that ours make. It tries again when the Platform's limit refuses a call, which it could not do without.
const settings = new pulumi.Config("seqera");
const [endpoint, workspaceId] = [settings.require("endpoint"), settings.require("workspaceId")];
const accessToken = settings.requireSecret("accessToken");

class Client {
    constructor(accessToken) {
        this.headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
    }

    async call(method, path, body) {
        const separator = path.includes("?") ? "&" : "?";
        for (;;) {
            const answer = await fetch(`${endpoint}${path}${separator}workspaceId=${workspaceId}`, {
                method,
                headers: this.headers,
                body: body && JSON.stringify(body),
            });
            if (answer.status === 429) {
                await new Promise((resolve) => setTimeout(resolve, 500 + 1000 * Math.random()));
                continue;
            }
            const text = await answer.text();
            if (!answer.ok && answer.status !== 403) {
                throw new Error(`${method} ${path}: ${answer.status} ${text}`);
            }
            return text === "" ? {} : JSON.parse(text);
        }
    }

    async until(id, statuses) {
        for (;;) {
            const { computeEnv } = await this.call("GET", `/compute-envs/${id}`);
            if (computeEnv === undefined || statuses.includes(computeEnv.status)) {
                return computeEnv;
            }
            await new Promise((resolve) => setTimeout(resolve, 2000));
        }
    }
}

const different = (olds, news) => ({ changes: JSON.stringify(olds) !== JSON.stringify({ ...olds, ...news }) });

const credentialsProvider = {
    diff: async (_id, olds, news) => different(olds, news),
    async create(inputs) {
        const client = new Client(inputs.accessToken);
        await client.call("GET", `/credentials/validate?name=${inputs.name}`);
        const credentials = { name: inputs.name, provider: "k8s", keys: { token: inputs.token } };
        const { credentialsId } = await client.call("POST", "/credentials", { credentials });
        return { id: credentialsId, outs: inputs };
    },
    async read(id, props) {
        await new Client(props.accessToken).call("GET", `/credentials/${id}`);
        return { id, props };
    },
    async delete(id, { accessToken }) {
        const client = new Client(accessToken);
        await client.call("GET", "/compute-envs");
        await client.call("DELETE", `/credentials/${id}?checked=true`);
    },
};

const computeEnvProvider = {
    diff: async (_id, olds, news) => different(olds, news),
    async create(inputs) {
        const client = new Client(inputs.accessToken);
        await client.call("GET", `/compute-envs/validate?name=${inputs.name}`);
        const { name, credentialsId, config } = inputs;
        const computeEnv = { name, platform: "k8s-platform", credentialsId, config };
        const { computeEnvId } = await client.call("POST", "/compute-envs", { computeEnv });
        await client.until(computeEnvId, ["AVAILABLE", "ERRORED", "INVALID"]);
        return { id: computeEnvId, outs: inputs };
    },
    async read(id, props) {
        await new Client(props.accessToken).call("GET", `/compute-envs/${id}`);
        return { id, props };
    },
    async delete(id, { accessToken }) {
        const client = new Client(accessToken);
        await client.call("DELETE", `/compute-envs/${id}`);
        await client.until(id, ["DELETED", "ERRORED"]);
        await client.call("GET", "/compute-envs");
    },
};

class Credentials extends pulumi.dynamic.Resource {
    constructor(name, props, opts) {
        super(credentialsProvider, name, props, opts);
    }
}

class ComputeEnv extends pulumi.dynamic.Resource {
    constructor(name, props, opts) {
        super(computeEnvProvider, name, props, opts);
    }
}

for (const name of namespaces) {
    const { token, authority, ready } = cluster(name);
    const credentials = new Credentials(`${name}-credentials`, { name, accessToken, token }, { dependsOn: ready });
    new ComputeEnv(
        name,
        { name, accessToken, credentialsId: credentials.id, config: configuration(name, server, authority) },
        { dependsOn: ready },
    );
}
