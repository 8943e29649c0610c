export { type Flow, flowsOf, type Stop } from './parts/aws-delivery/flows.ts';
export { inputsOf } from './inputs-of.ts';
export { type AppSecret, secretsOf } from './secrets-of.ts';
export { synth, synthState, type Synthesis, type SynthOptions } from './synth.ts';
