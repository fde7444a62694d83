/** Stops this process where it is until it is killed: however late the test comes, it finds what was told. */
export function standStill(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
