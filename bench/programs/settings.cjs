const pulumi = require("@pulumi/pulumi");

/** What every program of the comparison is told: how many environments to make, and where. */
const config = new pulumi.Config();
module.exports = {
    server: config.require("server"),
    /** A namespace for each environment. */
    namespaces: Array.from(
        { length: config.requireNumber("count") },
        (_, index) => `${config.require("prefix")}-${index}`,
    ),
};
