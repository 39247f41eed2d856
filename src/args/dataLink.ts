import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";
import type { DataLinkProvider } from "./enums";

/** Arguments of {@link DataLink}. */
export interface DataLinkArgs extends ConnectionArgs {
    /**
     * Name of the data-link in the Data Explorer, at most 100 characters. Changed in place. Default: the resource's name and a
     * generated suffix.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform, at most 2,000 characters. Changed in place; removed when it is left out. */
    description?: pulumi.Input<string>;
    /**
     * Bucket, or a folder in it: `s3://bucket/folder`, `gs://bucket` or `az://container`. It is not created, and stays when the data-link is
     * deleted. A change replaces the data-link. See https://docs.seqera.io/platform-cloud/data/data-explorer
     */
    resourceRef: pulumi.Input<string>;
    /**
     * Who holds the bucket. A change replaces the data-link. Default: by the scheme of `resourceRef`, `aws`, `google` or `azure`; write it
     * for S3-compatible storage and for the other kinds of Azure credentials.
     */
    provider?: pulumi.Input<DataLinkProvider>;
    /**
     * Id of the credential by which the Platform reads the bucket. Changed in place; a change to or from none replaces the data-link. Default:
     * none, which is for public buckets only.
     */
    credentialsId?: pulumi.Input<string>;
    /**
     * Id or name of an existing data-link to manage from now on, instead of creating one; also `<workspaceId>/<id or name>`. It must have
     * the resource and the provider given here. A name of the program's own, a description or a credential that differs is an error at
     * preview, which shows both values. Read when the resource is created, ignored afterwards. The resource option `import` has the same
     * effect.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Properties of the adopted data-link that may be overwritten: `name`, `description`, `credentialsId`. Read once, with `adopt`; an
     * error without it. Default: none.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
}
