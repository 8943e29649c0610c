export { type Plan, type PlannedFile, planFiles } from './plan.ts';
export { printRecord, readIfThere, readRecord, recordName } from './record.ts';
export { unifiedDiff } from './unified-diff.ts';
export { writeAll } from './write.ts';
