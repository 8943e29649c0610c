export { synth, synthState, type Synthesis, type SynthOptions } from './synth.ts';
