import { AccessMode } from "../../args/enums";
import type { CsiVolumeArgs, NfsVolumeArgs, VolumeClaimArgs } from "../../args/volumes";
import { checkFilled, oneOf } from "../rules/checks";
import { checkDnsSubdomain } from "../rules/names";
import { quote, show } from "../rules/problems";
import { checkSize } from "../rules/quantities";
import { always, at, isGiven, type Rule, UNKNOWN } from "../rules/rules";
import { argumentRules, boolean, list, map, plain, string, text } from "../rules/shapes";
import { checkAbsolutePath } from "./paths";

const QUANTITY = "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/";
export const CLAIMS = "https://kubernetes.io/docs/concepts/storage/persistent-volumes/";
export const MODES = `${CLAIMS}#access-modes`;
export const STATIC = `${CLAIMS}#reserving-a-persistentvolume`;
const NFS = "https://kubernetes.io/docs/concepts/storage/volumes/#nfs";
const CSI = "https://kubernetes.io/docs/concepts/storage/volumes/#csi";
const NAMES = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/";
export const PULUMI_COMPONENTS = "https://www.pulumi.com/docs/iac/concepts/components/";

/** As `kubectl get persistentvolumeclaims` shows them. */
const ABBREVIATED: Record<string, string> = {
    RWX: AccessMode.ReadWriteMany,
    RWO: AccessMode.ReadWriteOnce,
    ROX: AccessMode.ReadOnlyMany,
};

function checkAccessMode(mode: string): string | undefined {
    const meant = ABBREVIATED[mode.toUpperCase()];
    return meant === undefined ? oneOf(AccessMode)(mode) : `${show(mode)} is an abbreviation (write ${quote(meant)})`;
}

export const accessMode = string(checkAccessMode);
const accessModes = list(accessMode, { source: MODES });
export const claimName = plain.string(checkDnsSubdomain, { source: NAMES });
export const size = text(checkSize, { source: QUANTITY });
export const mountOptions = list(string(checkFilled), { source: CLAIMS });

export const nfs = plain.object<NfsVolumeArgs>(
    {
        server: string(checkFilled, { missing: 'write the name or address of the server, like "10.0.0.5"' }),
        path: string(checkAbsolutePath, { missing: 'write the path that it exports, like "/exports/genomes"' }),
    },
    { source: NFS },
);

export const csi = plain.object<CsiVolumeArgs>(
    {
        driver: string(checkFilled, { missing: 'write the name of the driver, like "efs.csi.aws.com"' }),
        volumeHandle: string(checkFilled, { missing: "write the id that the driver gives the volume" }),
        volumeAttributes: map({}),
        fsType: string(checkFilled),
    },
    { source: CSI },
);

/** What a claim and a volume that is there already are told together. */
export const volumeMembers = { nfs, csi, size, accessModes, mountOptions };

const has = (given: Record<string, unknown>, key: string) => given[key] !== undefined && given[key] !== null;

/** What goes with a volume that is there already, and what only with one. */
export function furtherClaimFault(given: Record<string, unknown>): string | undefined {
    if (has(given, "nfs") && has(given, "csi")) {
        return "has both nfs and csi, but a claim has one volume (remove one of the two)";
    }
    const others = ["size", "accessModes", "mountOptions"].filter((key) => has(given, key));
    const named = others.join(" and ");
    return others.length === 0 || has(given, "nfs") || has(given, "csi")
        ? undefined
        : `has ${named}, which only ${others.length === 1 ? "applies" : "apply"} to a claim that is created (set nfs or csi as well, or remove ${named} for a claim that already exists)`;
}

/** The claim's name is part of its resource's name, so a program must know it by itself. */
export const madeClaimName: Rule = {
    property: "storageClaims.*.claimName",
    source: PULUMI_COMPONENTS,
    validate: (args) => {
        const claims = at(args, "storageClaims");
        return (Array.isArray(claims) ? claims : []).flatMap((claim, index) =>
            at(claim, "claimName") === UNKNOWN && (isGiven(claim, "nfs") || isGiven(claim, "csi"))
                ? [
                      {
                          property: `storageClaims[${index}].claimName`,
                          reason: "must be known at preview; outputs are not allowed here (write a plain value)",
                      },
                  ]
                : [],
        );
    },
};

/** The arguments of a claim on a volume by itself. */
export const volumeClaimRules: Rule[] = argumentRules<VolumeClaimArgs>(
    { namespace: string(), claimName, ...volumeMembers, readOnly: boolean() },
    CLAIMS,
    [
        always(
            "nfs",
            (args) =>
                isGiven(args, "nfs") || isGiven(args, "csi")
                    ? undefined
                    : 'required unless csi is set (write where the volume is, like { server: "10.0.0.5", path: "/exports/genomes" })',
            STATIC,
        ),
        twoVolumes(""),
    ],
);

/** True when both stand there, whatever they are; nothing can be said of what lies in something that is not known yet. */
export function bothGiven(args: unknown, prefix: string, one: string, other: string): boolean {
    const group = prefix === "" ? args : at(args, prefix.slice(0, -1));
    return group !== UNKNOWN && isGiven(group, one) && isGiven(group, other);
}

export function twoVolumes(prefix: string): Rule {
    return always(
        `${prefix}csi`,
        (args) =>
            bothGiven(args, prefix, "nfs", "csi")
                ? `cannot be used with ${prefix}nfs, which is another volume (remove one of the two)`
                : undefined,
        STATIC,
    );
}
