import { X509Certificate } from "node:crypto";
import type { Check } from "./problems";

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The PEM text behind either spelling of a certificate authority: PEM itself, or base64 of it as a kubeconfig has it. */
export function pemOf(text: string): string {
    return text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString("utf8");
}

/**
 * A cluster's certificate authority: PEM, or base64 of PEM (`certificate-authority-data` of a kubeconfig). The Platform
 * takes either, so the text is sent as it was given. https://docs.seqera.io/platform-cloud/compute-envs/k8s
 */
export const checkCertificateAuthority: Check<string> = (text) => {
    const pem = pemOf(text);
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
        return "contains a private key, which the Platform must not receive (write only the certificate)";
    }
    const begun = pem.match(/-----BEGIN CERTIFICATE-----/g);
    if (!begun) {
        return "is not a PEM certificate (write the text from the BEGIN CERTIFICATE line to the END CERTIFICATE line, or a kubeconfig's certificate-authority-data)";
    }
    const blocks = pem.match(PEM_BLOCK) ?? [];
    return blocks.length === begun.length && blocks.every(isCertificate)
        ? undefined
        : "contains a PEM block that is not a certificate (copy the whole block, with its BEGIN CERTIFICATE and END CERTIFICATE lines)";
};

function isCertificate(block: string): boolean {
    try {
        new X509Certificate(block);
        return true;
    } catch {
        return false;
    }
}

/** The certificates of an authority, each as PEM. */
export function certificatesOf(text: string): string[] {
    return pemOf(text).match(PEM_BLOCK) ?? [];
}

/** The certificates of an authority in one spelling, whichever it was given in: PEM without its line breaks. */
export function plainAuthority(text: string): string {
    const blocks = certificatesOf(text);
    return blocks.length === 0 ? text.trim() : blocks.map((block) => block.replace(/\s+/g, "")).join("\n");
}
