import { useOwnCluster } from "../support/engine";
import "./aks";
import "./aksHeadLabel";
import "./eks";
import "./gke";

// One for all of them: the examples put what they make into the same namespace, and head pods are labelled by what has a feature gate.
useOwnCluster({
    featureGates: { MutatingAdmissionPolicy: true },
    apiServerArguments: ["--runtime-config=admissionregistration.k8s.io/v1beta1=true"],
});
