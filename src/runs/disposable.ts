/** Every subscription returns one; disposing twice does nothing. */
export interface Disposable {
  dispose(): void;
}
