/**
 * The names under which the tags of one file are known in its run: behind the names of its folders, and apart from a
 * file of another kind that has the same tags, which gets its own name before them.
 */
import { basename } from 'node:path';
import type { EventSink } from '../../formats/events/sink';
import type { RunLog } from './logPlace';

/** Which kind of file first used a name. */
export type TagOwners = Map<string, string>;

/** The tag of a log in its run; whoever asks first owns the name. */
export function tagName({ path, kind, prefix }: RunLog, owners: TagOwners, tag: string): string {
  const name = `${prefix}${tag}`;
  const owner = owners.get(name) ?? kind;
  owners.set(name, owner);
  return owner === kind ? name : `${prefix}${basename(path)}/${tag}`;
}

/** The way of one log to a sink that holds the whole run. */
export function namedSink(log: RunLog, owners: TagOwners, sink: EventSink): EventSink {
  const names = new Map<string, string>();
  const nameOf = (tag: string): string => {
    const name = names.get(tag) ?? tagName(log, owners, tag);
    names.set(tag, name);
    return name;
  };
  return {
    scalar: (tag, step, wallTime, value) => sink.scalar(nameOf(tag), step, wallTime, value),
    sessionStart: (step, wallTime) => {
      // Of a folder below it says nothing of the tags of another.
      if (log.prefix === '') sink.sessionStart(step, wallTime);
    },
    parameters: (values) => sink.parameters?.(values),
  };
}
