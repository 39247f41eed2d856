import { X509Certificate } from "node:crypto";
import type { Check } from "./problems";

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The PEM text behind either spelling of a certificate authority: PEM itself, or base64 of it as a kubeconfig has it. */
function pemOf(text: string): string {
    return text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString("utf8");
}

/**
 * A cluster's certificate authority: PEM, or base64 of PEM (`certificate-authority-data` of a kubeconfig). The Platform
 * takes either, so the text is sent as it was given. https://docs.seqera.io/platform-cloud/compute-envs/k8s
 */
export const checkCertificateAuthority: Check<string> = (text) => {
    const blocks = pemOf(text).match(PEM_BLOCK);
    if (!blocks) {
        return "is not a PEM certificate; write the text between and including the BEGIN CERTIFICATE and END CERTIFICATE lines, or a kubeconfig's certificate-authority-data";
    }
    for (const block of blocks) {
        try {
            new X509Certificate(block);
        } catch {
            return "has a PEM block that is not a certificate; check that it was copied whole";
        }
    }
    return undefined;
};
