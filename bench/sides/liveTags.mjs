/** What the live trainers of a benchmark record, and where they say when they wrote it. */

/** In a section of their own, where the title of a chart is what stands after the slash. */
export const SECTION = 'live';
export const TAGS = Array.from({ length: 30 }, (_, i) => `${SECTION}/metric ${i}`);

/** In the run's folder: milliseconds since 1970 at which the write of each step had returned. */
export const STAMPS_FILE = 'stamps.json';
