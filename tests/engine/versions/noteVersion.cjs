// Loaded into every Node.js process of a run: notes which version each has.
require("node:fs").appendFileSync(process.env.VERSIONS_FILE, `${process.version} ${process.argv[1]}\n`);
