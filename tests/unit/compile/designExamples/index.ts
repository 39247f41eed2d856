import { aks } from "./aks";
import { eksFargate } from "./eksFargate";
import type { DesignExample } from "./example";
import { gkeSpot } from "./gkeSpot";
import { gpu } from "./gpu";
import { highSecurity } from "./highSecurity";
import { integrated } from "./integrated";
import { minimal } from "./minimal";
import { production } from "./production";
import { standard } from "./standard";
import { structure } from "./structure";

/** The ten examples of the compute environment's design. */
export const DESIGN_EXAMPLES: Record<string, DesignExample> = {
    structure,
    minimal,
    standard,
    production,
    gkeSpot,
    eksFargate,
    aks,
    gpu,
    highSecurity,
    integrated,
};
