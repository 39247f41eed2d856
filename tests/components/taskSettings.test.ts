import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ImagePullPolicy, TaintEffect, TolerationOperator } from "../../src/compile/choices";
import type { KubernetesComputeEnvironmentArgs } from "../../src/components/environmentArgs";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { record } from "./recorder";

