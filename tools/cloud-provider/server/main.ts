/** The plugin's process. Its answers are bundled with it: see install.ts. */

import { readFileSync } from "node:fs";
import { answers } from "cloud-answers";
import { serve } from "../../plugin/server/serve";
import type { PlainFields } from "../../plugin/server/values";
import { Cloud } from "./cloud";
import { Journal } from "./journal";
import { createService } from "./service";

const name = process.env["CLOUD_STAND_IN_PACKAGE"] ?? "a cloud";
const version = process.env["CLOUD_STAND_IN_VERSION"] ?? "0.0.0";
const factsFile = process.env["CLOUD_STAND_IN_FACTS"];
const facts = factsFile === undefined ? {} : (JSON.parse(readFileSync(factsFile, "utf8")) as PlainFields);

serve(createService(new Cloud(name, answers, facts, new Journal(process.env["CLOUD_STAND_IN_JOURNAL"])), version));
