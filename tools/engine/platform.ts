import { EngineError } from "./types";

/** The operating system and processor, in the words of Go, which Kubernetes and etcd use too. */
export interface Platform {
    os: "linux" | "darwin";
    arch: "amd64" | "arm64";
}

const ARCHITECTURES: Partial<Record<NodeJS.Architecture, Platform["arch"]>> = { x64: "amd64", arm64: "arm64" };

export function platformOf(os: NodeJS.Platform = process.platform, arch: NodeJS.Architecture = process.arch): Platform {
    const goArch = ARCHITECTURES[arch];
    if ((os !== "linux" && os !== "darwin") || goArch === undefined) {
        throw new EngineError(
            `The engine's programs are not prepared for ${os} on ${arch}.`,
            "Use Linux or macOS on x64 or arm64; on Windows use WSL 2.",
        );
    }
    return { os, arch: goArch };
}

/** Pulumi's release files name the processor as Node does. */
export function pulumiArch(platform: Platform): "x64" | "arm64" {
    return platform.arch === "amd64" ? "x64" : "arm64";
}

export function platformName(platform: Platform): string {
    return `${platform.os}-${platform.arch}`;
}
