import { chaosThroughTheCli } from "../chaos/cliChaos";

/**
 * The least of what `make chaos CLI=100 KILLS=100` does. Of this seed the first schedule has an environment that is stuck and
 * answers that come after the effect; the first kill is that of a `destroy`.
 */
chaosThroughTheCli({ seed: 381, schedules: 1, kills: 1, histories: 0 });
