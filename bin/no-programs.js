// Stands for `node:child_process` in the bundle: commander can start the programs of commands, of which there are none here,
// and what that needs takes 3 ms to load.
module.exports = {};
