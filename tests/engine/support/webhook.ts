import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { selfSigned } from "../../unit/emulator/certificates";
import { apply, kubectl } from "./cluster";

/** An admission webhook that refuses every create of a resource in one namespace, as a policy of a company does. */
export async function denyingWebhook(
    namespace: string,
    resource: string,
    message: string,
): Promise<() => Promise<void>> {
    const { cert, key } = await selfSigned("CN=webhook");
    const server = createServer({ cert, key }, (request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
            const review = JSON.parse(Buffer.concat(chunks).toString()) as { request: { uid: string } };
            response.setHeader("content-type", "application/json").end(
                JSON.stringify({
                    apiVersion: "admission.k8s.io/v1",
                    kind: "AdmissionReview",
                    response: { uid: review.request.uid, allowed: false, status: { code: 403, message } },
                }),
            );
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A test that fails before it ends this must not keep the run from ending.
    server.unref();
    const { port } = server.address() as AddressInfo;
    const name = `deny-${namespace}`;
    await apply({
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingWebhookConfiguration",
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
        await kubectl("delete", "validatingwebhookconfiguration", name);
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    };
}
