import { spawn } from "node:child_process";
import { EngineError } from "../engine";
import { onInterrupt } from "../engine/interrupts";

/** The release that the packages come from, whatever the machine itself runs. */
export const DEBIAN_RELEASE = "bookworm";

/** Makes a tar file of a small Debian with these packages. */
export async function debianRootFileSystem(packages: string[], file: string, temporary: string): Promise<void> {
    const command = ["mmdebstrap", "--quiet", "--mode=root", "--variant=apt", ...slimmed()];
    const args = [...command, `--include=${packages.join(",")}`, DEBIAN_RELEASE, file];
    // What it mounts while it works is seen by it alone, and goes with it.
    const child = spawn("unshare", ["--mount", "--propagation", "private", "--", ...args], {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, TMPDIR: temporary },
        detached: true,
    });
    const forget = onInterrupt(() => process.kill(-child.pid!, "SIGKILL"));
    try {
        let errors = "";
        child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
        const code = await new Promise<number | null>((resolve, reject) => {
            child.once("error", reject);
            child.once("close", resolve);
        });
        if (code !== 0) {
            throw new EngineError(
                `mmdebstrap ended with ${code}:\n${errors.trim().split("\n").slice(-6).join("\n")}`,
                "Look whether this machine reaches http://deb.debian.org, and run this again.",
            );
        }
    } finally {
        forget();
    }
}

/** Left out: what nobody reads inside a container. */
function slimmed(): string[] {
    const unread = ["/usr/share/man/*", "/usr/share/doc/*", "/usr/share/locale/*", "/usr/share/info/*"];
    // The Java packages put links into man folders and fail where those are missing.
    return [
        ...unread.map((path) => `--dpkgopt=path-exclude=${path}`),
        '--setup-hook=mkdir -p "$1/usr/share/man/man1"',
        '--customize-hook=rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*',
    ];
}
