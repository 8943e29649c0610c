export { type Plan, type PlannedFile, planFiles } from './plan.ts';
export { printRecord, readRecord } from './record.ts';
export { unifiedDiff } from './unified-diff.ts';
export { updateFiles } from './update.ts';
