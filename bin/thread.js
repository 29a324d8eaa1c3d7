// Where a thread of `pinched run --threads` begins: the same bundle, another way in.
const { load } = require("./load.js");

module.exports = load().thread;
