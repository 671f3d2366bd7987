/** What a cache must know of a run's files to go on where they were left. */
import type { FollowedLog } from '../../logs/followedLog';
import type { TagOwners } from '../../logs/tagNames';
import type { CachedFile } from './cacheFormat';
import type { CachedFacts } from './columnCache';
import { identityOf } from './identity';

/** The facts; undefined while a file cannot be identified or read on. */
export function cachedFacts(
  { logs }: { readonly logs: readonly FollowedLog[] },
  owners: TagOwners,
): CachedFacts | undefined {
  const files = logs.map(({ log, reader }): CachedFile | undefined => {
    const identity = identityOf(log.path, reader.consumed);
    const state = reader.state() as CachedFile['state'];
    return identity && reader.problem === null ? { ...log, ...identity, state } : undefined;
  });
  const known = files.filter((file) => file !== undefined);
  return known.length === files.length ? { files: known, owners: [...owners] } : undefined;
}
