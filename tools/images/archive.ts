import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { create } from "tar";

/** An image: a name, layers (tar files, lowest first) and what a container of it runs unless told otherwise. */
export interface Image {
    name: string;
    layers: string[];
    command: string[];
    environment?: Record<string, string>;
}

interface Descriptor {
    mediaType: string;
    digest: string;
    size: number;
    annotations?: Record<string, string>;
}

const OCI = "application/vnd.oci.image";
const ARCHITECTURES: Record<string, string> = { x64: "amd64", arm64: "arm64" };

/**
 * Packs images as one OCI image layout in a tar file, which `ctr images import` reads. Layers that images share are in it
 * once: https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function packImages(images: Image[], directory: string, file: string): Promise<void> {
    const blobs = join(directory, "blobs", "sha256");
    await mkdir(blobs, { recursive: true });
    const layers = new Map<string, Descriptor>();
    for (const path of new Set(images.flatMap((image) => image.layers))) {
        layers.set(path, await layerBlob(blobs, path));
    }
    const manifests: Descriptor[] = [];
    for (const image of images) {
        const own = image.layers.map((path) => layers.get(path)!);
        const config = await jsonBlob(blobs, `${OCI}.config.v1+json`, configOf(image, own));
        const manifest = { schemaVersion: 2, mediaType: `${OCI}.manifest.v1+json`, config, layers: own };
        const blob = await jsonBlob(blobs, manifest.mediaType, manifest);
        manifests.push({ ...blob, annotations: { "io.containerd.image.name": image.name } });
    }
    await writeFile(join(directory, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
    await writeFile(join(directory, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
    await create({ cwd: directory, file, portable: true }, ["oci-layout", "index.json", "blobs"]);
}

function configOf({ command, environment = {} }: Image, layers: Descriptor[]): object {
    const env = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ...environment };
    return {
        architecture: ARCHITECTURES[process.arch] ?? process.arch,
        os: "linux",
        config: { Env: Object.entries(env).map(([name, value]) => `${name}=${value}`), Cmd: command },
        // Of layers that are not compressed, the digest and the id are the same.
        rootfs: { type: "layers", diff_ids: layers.map(({ digest }) => digest) },
    };
}

async function layerBlob(blobs: string, path: string): Promise<Descriptor> {
    const hash = createHash("sha256");
    let size = 0;
    await pipeline(createReadStream(path), async (parts: AsyncIterable<Buffer>) => {
        for await (const part of parts) {
            hash.update(part);
            size += part.length;
        }
    });
    const digest = hash.digest("hex");
    await link(path, join(blobs, digest));
    return { mediaType: `${OCI}.layer.v1.tar`, digest: `sha256:${digest}`, size };
}

async function jsonBlob(blobs: string, mediaType: string, content: object): Promise<Descriptor> {
    const text = JSON.stringify(content);
    const digest = createHash("sha256").update(text).digest("hex");
    await writeFile(join(blobs, digest), text);
    return { mediaType, digest: `sha256:${digest}`, size: Buffer.byteLength(text) };
}
