import { assertInstalled } from "../packages";

assertInstalled("gke", "@pulumi/gcp");
