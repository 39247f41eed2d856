/** The plugin's process. */

import { serve } from "../../plugin/server/serve";
import { EngineLog } from "./engineLog";
import { StandInProvider } from "./provider";
import { createService } from "./service";

/** The version of the official plugin, from the name of the plugin's folder; see install.ts. */
const version = process.env["KUBERNETES_STAND_IN_VERSION"] ?? "0.0.0";
const engineAddress = process.argv[2];

serve(createService(new StandInProvider({ version, environment: process.env }, new EngineLog(engineAddress))));
