export { type Synthesis, type SynthOptions, synth } from './synth.ts';
