/** The same keys with any text: a language that forgets one does not compile. */
export type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> } & Singulars<T>

/** Where a language says one otherwise than many, it says so beside: `people` and `people_one`. */
type Singulars<T> = { [K in keyof T & string as T[K] extends string ? `${K}_one` : never]?: string }
