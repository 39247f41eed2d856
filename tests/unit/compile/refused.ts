import type { Case } from "./environmentCases";
import { REFUSED_ACCESS } from "./refusedAccess";
import { REFUSED_AFFINITY } from "./refusedAffinity";
import { REFUSED_CONFIG } from "./refusedConfig";
import { REFUSED_GUARDS } from "./refusedGuards";
import { REFUSED_NOTHING } from "./refusedNothing";
import { REFUSED_PODS } from "./refusedPods";
import { REFUSED_RUNS } from "./refusedRuns";
import { REFUSED_STORAGE } from "./refusedStorage";
import { REFUSED_TASKS } from "./refusedTasks";

/** Every case of arguments that cannot work, with the exact lines; the reference page shows the lines. */
export const REFUSED: Case[] = [
    ...REFUSED_ACCESS,
    ...REFUSED_RUNS,
    ...REFUSED_TASKS,
    ...REFUSED_PODS,
    ...REFUSED_AFFINITY,
    ...REFUSED_CONFIG,
    ...REFUSED_GUARDS,
    ...REFUSED_STORAGE,
    ...REFUSED_NOTHING,
];
