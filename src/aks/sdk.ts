import { assertInstalled } from "../packages";

assertInstalled("aks", "@pulumi/azure-native");
