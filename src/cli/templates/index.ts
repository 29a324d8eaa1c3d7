import { channel } from "./channel.js";
import { crossbar } from "./crossbar.js";
import { device } from "./device.js";
import { diode } from "./diode.js";
import { integrator } from "./integrator.js";
import { memristor } from "./memristor.js";
import { perceptron } from "./perceptron.js";
import { rc } from "./rc.js";
import { reservoir } from "./reservoir.js";
import type { Template } from "./template.js";

/** What `pinched new` can write. */
export const templates: readonly Template[] = [
  memristor,
  crossbar,
  rc,
  diode,
  device,
  integrator,
  perceptron,
  channel,
  reservoir,
];
