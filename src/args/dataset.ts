import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";

/** Arguments of {@link Dataset}, with exactly one of `content`, `file` and `linkedUrl`. */
export interface DatasetArgs extends ConnectionArgs {
    /**
     * Name of the dataset in the workspace: unique there, 1 to 100 letters, digits, dashes and underscores. Changed in place.
     * Default: the resource's name and a generated suffix.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform, at most 1,000 characters. Changed in place; removed when it is left out. */
    description?: pulumi.Input<string>;
    /**
     * The samplesheet as text: CSV, or TSV with a `fileName` that ends in `.tsv`; at most 10 MiB. Another content makes another version.
     * State has only its SHA-256. Conflicts with `file` and `linkedUrl`. See https://docs.seqera.io/platform-cloud/data/datasets
     */
    content?: pulumi.Input<string>;
    /**
     * Path of a CSV or TSV file, at most 10 MiB, relative to the folder in which Pulumi runs the program. It is read at each preview and
     * `up`; another content makes another version, another path with the same content does not. State has only the path and the
     * SHA-256. Conflicts with `content` and `linkedUrl`.
     */
    file?: pulumi.Input<string>;
    /**
     * `http` or `https` address of a CSV or TSV file that the Platform links to instead of storing it: for large files, and without
     * access control of the Platform's. Another address makes another version. A change to or from `content` and `file` replaces the
     * dataset, because the Platform cannot change the kind. Conflicts with `content`, `file` and `fileName`.
     */
    linkedUrl?: pulumi.Input<string>;
    /** Whether the first row has the names of the columns. A change makes another version. Default: true. */
    hasHeader?: pulumi.Input<boolean>;
    /**
     * Name of the file in the Platform, the last part of its `url`. It ends in `.csv` or `.tsv`, which is the format of the dataset. A change
     * makes another version; a change of the format replaces the dataset, because all versions have the same. Default: the name of `file`,
     * or the dataset's name with `.csv` for `content`.
     */
    fileName?: pulumi.Input<string>;
    /**
     * Simple labels by their names, 2 to 39 letters and digits with single dashes or underscores between them. A label that the
     * workspace lacks is created, and stays when the dataset is deleted. Together with `labelIds`, these are all labels of the dataset; labels
     * that somebody else adds are removed. At most 25. Default: labels are not managed.
     * See https://docs.seqera.io/platform-cloud/labels/overview
     */
    labels?: pulumi.Input<pulumi.Input<string>[]>;
    /** Simple labels by their numeric ids. Default: none. */
    labelIds?: pulumi.Input<pulumi.Input<number>[]>;
    /**
     * Whether versions before the current one are disabled, so that no new run takes them. The Platform cannot enable a version again.
     * Requires the role Maintain for versions of other users. Default: false.
     */
    disableFormerVersions?: pulumi.Input<boolean>;
    /**
     * Id or name of an existing dataset to manage from now on, instead of creating one; also `<workspaceId>/<id or name>`. It must have
     * the source and format given here. Another content becomes a new version; the versions that it has stay. A name of the program's own, a
     * description or labels that differ are an error at preview, which shows both values. Read when the resource is created, ignored
     * afterwards. The resource option `import` has the same effect.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Properties of the adopted dataset that may be overwritten: `name`, `description`, `labels`. Read once, with `adopt`; an error
     * without it. Default: none.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
}
