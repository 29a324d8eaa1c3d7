// Where a thread of `pinched run --threads` begins: the same bundle, another way in.
import { load } from "./load.js";

export default load().thread;
