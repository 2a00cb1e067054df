import * as fs from 'node:fs';
import * as path from 'node:path';
import { readEvents } from '../../server/operations/eventStream';
import type { TerraformEvent } from '../../server/operations/events';
import { toPlanModel } from '../../server/operations/planModel';
import type { PlanModel } from '../../server/operations/planModel';
import { redactorFromPlan } from '../../server/operations/redact';

const folder = path.join(__dirname, 'transcripts');

/** Names of the recordings that are lines of events. */
export function transcriptNames(): readonly string[] {
  return fs.readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
}

export function transcriptBytes(name: string): Buffer {
  return fs.readFileSync(path.join(folder, name));
}

export function transcriptEvents(name: string): readonly TerraformEvent[] {
  return readEvents(transcriptBytes(`${name}.jsonl`));
}

export function shownPlan(name: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8'));
}

export function planModelOf(name: string): PlanModel {
  const document = shownPlan(name);
  return toPlanModel(document, redactorFromPlan(document));
}
