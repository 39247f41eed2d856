import { chaosThroughTheCli } from "../chaos/cliChaos";

chaosThroughTheCli({ seed: 7, schedules: 4, kills: 6, histories: 3 });
