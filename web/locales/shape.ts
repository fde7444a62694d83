/** The same keys with any text: a language that forgets one does not compile. */
export type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }
