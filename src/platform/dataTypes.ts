/** Datasets and data-links, as the API's document has them. */

import type { LabelDto, Open } from "./types";

/** `SourceType`: whether a dataset has its content in the Platform, or links to where it lies. */
export type SourceType = "UPLOADED" | "LINKED";

/** `DatasetDto`. */
export interface DatasetDto {
    id: string;
    name: string;
    description?: string | null;
    sourceType?: Open<SourceType> | null;
    /** That of its versions; unset without one. */
    mediaType?: string | null;
    deleted?: boolean | null;
    /** Only where it is asked for. */
    labels?: LabelDto[] | null;
}

/** `CreateDatasetRequest`. */
export interface DatasetSpec {
    name: string;
    description?: string;
    sourceType: SourceType;
}

/** `UpdateDatasetRequest`. */
export type DatasetChanges = Pick<DatasetSpec, "name" | "description">;

/** `DatasetVersionDto`. */
export interface DatasetVersionDto {
    version: number;
    fileName?: string | null;
    fileSize?: number | null;
    mediaType?: string | null;
    hasHeader?: boolean | null;
    disabled?: boolean | null;
    url?: string | null;
    linkedSource?: { url?: string | null } | null;
}

/** `LinkVersionRequest`. */
export interface LinkSpec {
    url: string;
    hasHeader: boolean;
}

/** `DataLinkProvider`. */
export type DataLinkProviderName = "aws" | "google" | "azure" | "azure_entra" | "azure-cloud" | "seqeracompute" | "s3";

/** `DataLinkDto`. */
export interface DataLinkDto {
    id: string;
    name: string;
    description?: string | null;
    provider?: Open<DataLinkProviderName> | null;
    resourceRef?: string | null;
    region?: string | null;
    publicAccessible?: boolean | null;
    credentials?: { id: string; name?: string | null }[] | null;
}

/** `DataLinkCreateRequest`. */
export interface DataLinkSpec {
    name: string;
    description?: string;
    type: "bucket";
    provider: DataLinkProviderName;
    resourceRef: string;
    credentialsId?: string;
    publicAccessible: boolean;
}

/** `DataLinkUpdateRequest`. */
export type DataLinkChanges = Pick<DataLinkSpec, "name" | "description" | "credentialsId">;
