import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { selfSigned } from "../../unit/emulator/certificates";
import { apply, kubectl } from "./cluster";

interface Review {
    request: { uid: string; object: { metadata: { labels?: Record<string, string> } } };
}

/** An admission webhook that refuses every create of a resource in one namespace, as a policy of a company does. */
export function denyingWebhook(namespace: string, resource: string, message: string): Promise<() => Promise<void>> {
    return webhook("ValidatingWebhookConfiguration", namespace, resource, () => ({
        allowed: false,
        status: { code: 403, message },
    }));
}

/** An admission webhook that gives a label to everything of a resource that is created in one namespace. */
export function labellingWebhook(
    namespace: string,
    resource: string,
    label: Record<string, string>,
): Promise<() => Promise<void>> {
    return webhook("MutatingWebhookConfiguration", namespace, resource, ({ request: { object } }) => {
        const patch = [{ op: "add", path: "/metadata/labels", value: { ...object.metadata.labels, ...label } }];
        return {
            allowed: true,
            patchType: "JSONPatch",
            patch: Buffer.from(JSON.stringify(patch)).toString("base64"),
        };
    });
}

async function webhook(
    kind: "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration",
    namespace: string,
    resource: string,
    answer: (review: Review) => object,
): Promise<() => Promise<void>> {
    const { cert, key } = await selfSigned("CN=webhook");
    const server = createServer({ cert, key }, (request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
            const review = JSON.parse(Buffer.concat(chunks).toString()) as Review;
            response.setHeader("content-type", "application/json").end(
                JSON.stringify({
                    apiVersion: "admission.k8s.io/v1",
                    kind: "AdmissionReview",
                    response: { uid: review.request.uid, ...answer(review) },
                }),
            );
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A test that fails before it ends this must not keep the run from ending.
    server.unref();
    const { port } = server.address() as AddressInfo;
    const name = `policy-${namespace}`;
    await apply({
        apiVersion: "admissionregistration.k8s.io/v1",
        kind,
        metadata: { name },
        webhooks: [
            {
                name: "policy.example.com",
                admissionReviewVersions: ["v1"],
                sideEffects: "None",
                failurePolicy: "Fail",
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
                rules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["CREATE"], resources: [resource] }],
                clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: Buffer.from(cert).toString("base64") },
            },
        ],
    });
    return async () => {
        await kubectl("delete", kind.toLowerCase(), name);
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    };
}
