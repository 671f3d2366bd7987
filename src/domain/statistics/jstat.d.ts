/** The one function that is used of jstat, which brings no types. */
declare module 'jstat' {
  export const jStat: {
    /** Student's t distribution: the value below which a share `p` lies. */
    readonly studentt: { inv(p: number, degreesOfFreedom: number): number };
  };
}
