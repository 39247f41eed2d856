import { withOneCloud } from "./oneCloud";

withOneCloud("aks");
withOneCloud("gke");
