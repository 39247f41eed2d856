import { assertInstalled } from "../packages";

assertInstalled("eks", "@pulumi/aws");
