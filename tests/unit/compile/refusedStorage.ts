import { UNKNOWN } from "../../../src/compile/rules/rules";
import { type Case, LATER } from "./environmentCases";

const MODES = 'use one of "ReadWriteMany", "ReadWriteOnce", "ReadOnlyMany"';
const NFS = { server: "10.0.0.5", path: "/exports/data" };
const CSI = { driver: "efs.csi.aws.com", volumeHandle: "fs-1" };
const MOUNT = { claimName: "genomes", mountPath: "/genomes" };

/** What is wrong with a volume, wherever it stands. */
function volumes(property: string, wrap: (volume: object) => object): Case[] {
    return [
        [`${property}.nfs of another resource`, wrap({ nfs: UNKNOWN }), [`${property}.nfs: ${LATER}`]],
        [`${property}.csi of another resource`, wrap({ csi: UNKNOWN }), [`${property}.csi: ${LATER}`]],
        [
            `${property}.nfs with an argument that means nothing`,
            wrap({ nfs: { ...NFS, host: "x" } }),
            [`${property}.nfs.host: unknown argument (use one of server, path)`],
        ],
        [
            `${property}.nfs with nothing in it`,
            wrap({ nfs: {} }),
            [
                `${property}.nfs.server: required (write the name or address of the server, like "10.0.0.5")`,
                `${property}.nfs.path: required (write the path that it exports, like "/exports/genomes")`,
            ],
        ],
        [
            `${property}.nfs with empty and relative values`,
            wrap({ nfs: { server: "", path: "exports" } }),
            [
                `${property}.nfs.server: must not be empty (write its value)`,
                `${property}.nfs.path: "exports" is not an absolute path (write it like "/exports")`,
            ],
        ],
        [
            `${property}.csi with an argument that means nothing`,
            wrap({ csi: { ...CSI, handle: "x" } }),
            [`${property}.csi.handle: unknown argument (write "volumeHandle")`],
        ],
        [
            `${property}.csi with nothing in it`,
            wrap({ csi: {} }),
            [
                `${property}.csi.driver: required (write the name of the driver, like "efs.csi.aws.com")`,
                `${property}.csi.volumeHandle: required (write the id that the driver gives the volume)`,
            ],
        ],
        [
            `${property}.csi with empty values`,
            wrap({ csi: { driver: "", volumeHandle: "", fsType: "" } }),
            ["driver", "volumeHandle", "fsType"].map(
                (key) => `${property}.csi.${key}: must not be empty (write its value)`,
            ),
        ],
        [
            `${property}.csi with attributes that are a list`,
            wrap({ csi: { ...CSI, volumeAttributes: ["a"] } }),
            [`${property}.csi.volumeAttributes: must be an object, not a list`],
        ],
        [
            `${property}.csi with an attribute that is a list`,
            wrap({ csi: { ...CSI, volumeAttributes: { uid: [1000] } } }),
            [`${property}.csi.volumeAttributes.uid: must be a string, not a list`],
        ],
        [
            `${property} with mount options that are a text`,
            wrap({ nfs: NFS, mountOptions: "ro" }),
            [`${property}.mountOptions: must be a list, not a string`],
        ],
        [
            `${property} with an empty mount option`,
            wrap({ nfs: NFS, mountOptions: [""] }),
            [`${property}.mountOptions[0]: must not be empty (write its value)`],
        ],
        [
            `${property} with access modes that are a text`,
            wrap({ nfs: NFS, accessModes: "ReadWriteMany" }),
            [`${property}.accessModes: must be a list, not a string`],
        ],
        [
            `${property} with an access mode that is none`,
            wrap({ nfs: NFS, accessModes: ["ReadWriteMany", "any", "rwx"] }),
            [
                `${property}.accessModes[1]: unsupported value "any" (${MODES})`,
                `${property}.accessModes[2]: "rwx" is an abbreviation (write "ReadWriteMany")`,
            ],
        ],
    ];
}

/** The work claim and further claims. */
export const REFUSED_STORAGE: Case[] = [
    ...volumes("storage", (storage) => ({ storage })),
    [
        "access modes that let no pod write",
        { storage: { accessModes: ["ReadOnlyMany"] } },
        [
            'storage.accessModes: ["ReadOnlyMany"] does not allow pods to write, but every task writes to the work directory (write "ReadWriteMany")',
        ],
    ],
    [
        "a selector that is a text",
        { storage: { selector: "fast" } },
        ["storage.selector: must be an object, not a string"],
    ],
    [
        "a selector with a key and a value that are no label's",
        { storage: { selector: { matchLabels: { "a b": "c d" } } } },
        [
            'storage.selector.matchLabels.a b: "a b" is not a valid Kubernetes name (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
            'storage.selector.matchLabels.a b: "c d" is not a valid Kubernetes label value (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "requirements of a selector that are incomplete or not valid",
        { storage: { selector: { matchExpressions: [{}, { key: "a b", operator: "Is", values: ["c d"] }] } } },
        [
            'storage.selector.matchExpressions[1].key: "a b" is not a valid Kubernetes name (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
            "storage.selector.matchExpressions[0].key: required (write the label's key)",
            'storage.selector.matchExpressions[1].operator: unsupported value "Is" (use one of "In", "NotIn", "Exists", "DoesNotExist")',
            'storage.selector.matchExpressions[0].operator: required (write "In", "NotIn", "Exists" or "DoesNotExist")',
            'storage.selector.matchExpressions[1].values[0]: "c d" is not a valid Kubernetes label value (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "a selector beside a volume",
        { storage: { selector: { matchLabels: { tier: "fast" } }, volumeName: "volume-1" } },
        [
            "storage.selector: cannot be used with storage.volumeName, which already selects the volume (remove one of the two)",
        ],
    ],
    ...["retainOnDelete", "replaceable"].map((key): Case => [
        `${key} of another resource`,
        { storage: { [key]: UNKNOWN } },
        [`storage.${key}: ${LATER}`],
    ]),
    [
        "two volumes for one claim",
        { storage: { nfs: NFS, csi: CSI } },
        ["storage.csi: cannot be used with storage.nfs, which is another volume (remove one of the two)"],
    ],
    ...(["nfs", "csi"] as const).flatMap((volume): Case[] => {
        const given = volume === "nfs" ? NFS : CSI;
        return [
            ...Object.entries({
                storageClassName: "nfs-client",
                volumeName: "volume-1",
                selector: { matchLabels: { tier: "fast" } },
            }).map(([key, other]): Case => [
                `${key} beside ${volume}`,
                { storage: { [volume]: given, [key]: other } },
                [
                    `storage.${key}: cannot be used with storage.${volume}, which already selects the volume (remove one of the two)`,
                ],
            ]),
            [
                `${volume} for a claim that is not made`,
                { storage: { [volume]: given, create: false } },
                [
                    `storage.${volume}: has no effect because storage.create is false, so no claim is created (remove one of the two)`,
                ],
            ],
        ];
    }),
    [
        "mount options without a volume",
        { storage: { mountOptions: ["nconnect=4"] } },
        [
            "storage.mountOptions: has no effect without storage.nfs or storage.csi (set one of the two, or set the options in the storage class)",
        ],
    ],
    ["further claims of another resource", { storageClaims: UNKNOWN }, [`storageClaims: ${LATER}`]],
    ...volumes("storageClaims[0]", (volume) => ({ storageClaims: [{ ...MOUNT, ...volume }] })),
    [
        "a size of a further claim that is no quantity",
        { storageClaims: [{ ...MOUNT, nfs: NFS, size: "1TB" }] },
        ['storageClaims[0].size: "1TB" is not a Kubernetes quantity (write it like "1Ti")'],
    ],
    [
        "a further claim on two volumes",
        { storageClaims: [{ ...MOUNT, nfs: NFS, csi: CSI }] },
        ["storageClaims[0]: has both nfs and csi, but a claim has one volume (remove one of the two)"],
    ],
    [
        "a further claim that is there already, with a size",
        { storageClaims: [{ ...MOUNT, size: "1Ti" }] },
        [
            "storageClaims[0]: has size, which only applies to a claim that is created (set nfs or csi as well, or remove size for a claim that already exists)",
        ],
    ],
    [
        "a further claim that is made under another resource's name",
        { storageClaims: [{ ...MOUNT, claimName: UNKNOWN, nfs: NFS }] },
        [`storageClaims[0].claimName: ${LATER}`],
    ],
];
