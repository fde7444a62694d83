import type { Random } from '#test/leaks/random.ts'
import { type Schema, valueFor } from './values.ts'

/** A route as the published document describes it. */
export interface Operation {
  id: string
  method: 'GET' | 'POST' | 'PUT'
  path: string
  parameters: readonly { name: string; in: 'path' | 'query'; schema: Schema }[]
  body: { type: string; schema: Schema } | undefined
}

export interface Sent {
  method: Operation['method']
  url: string
  headers: Record<string, string>
  payload?: string
}

interface Described {
  operationId: string
  parameters?: Operation['parameters']
  requestBody?: { content: Record<string, { schema: Schema }> }
}

export function operationsOf(document: object): Operation[] {
  const { paths } = document as { paths: Record<string, Record<string, Described>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => {
      const [body] = Object.entries(requestBody?.content ?? {})
      return {
        id: operationId,
        method: method.toUpperCase() as Operation['method'],
        path,
        parameters,
        body: body && { type: body[0], schema: body[1].schema },
      }
    }),
  )
}

type Fields = Record<string, unknown>

/**
 * A request of a route. `meant` is a question that makes sense of it: some of its fields are replaced by values at the edges of their
 * schemas, so that the rest leads past the first refusal; without it every field is one.
 */
export function requestOf(operation: Operation, meant: Fields | undefined, random: Random): Sent {
  const { parameters, body } = operation
  // Some requests are as they should be but for one field, some are wild.
  const changes = meant === undefined || random.number(4) === 0 ? 100 : random.of([0, 12, 25, 50])
  const choose = (name: string, schema: Schema, required: boolean): [string, unknown][] => {
    const replaced = random.number(100) < changes
    if (!replaced && meant && name in meant) return meant[name] === undefined ? [] : [[name, meant[name]]]
    if (!replaced && !required) return []
    return [[name, valueFor(schema, random)]]
  }
  const valuesAt = (place: 'path' | 'query') =>
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === place)
        .flatMap(({ name, schema }) => choose(name, schema, place === 'path')),
    )
  const path = operation.path.replaceAll(/\{(\w+)\}/g, () => '\0')
  const inPath = Object.values(valuesAt('path'))
  const url = path.replaceAll('\0', () => encode(plain(inPath.shift())) || '-')
  const query = queryOf(valuesAt('query'))
  return {
    method: operation.method,
    url: `/api${url}${query && `?${query}`}`,
    headers: body ? { 'content-type': body.type } : {},
    ...(body && { payload: payloadOf(body, choose, random) }),
  }
}

function payloadOf(
  { type, schema }: { type: string; schema: Schema },
  choose: (name: string, schema: Schema, required: boolean) => [string, unknown][],
  random: Random,
): string {
  if (type !== 'application/json')
    return random.of([
      '',
      '\0',
      '姓名,证件号码\n张三,1\n',
      'PK\u0003\u0004',
      '用户名,姓名,角色,区划代码,部门\n',
    ])
  if (random.number(50) === 0)
    return random.of(['', '{', 'null', '[]', '1', '"a"', '{"a":1e999}', '{"__proto__":{}}'])
  const wanted = new Set(schema.required)
  if (schema.properties === undefined) return JSON.stringify(valueFor(schema, random))
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(schema.properties).flatMap(([name, one]) => choose(name, one, wanted.has(name))),
    ),
  )
}

const plain = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
const encode = (text: string) => encodeURIComponent(text.toWellFormed())

/** Nested values in the brackets in which the routes read them. */
function queryOf(fields: Fields): string {
  const pairs = (name: string, value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap((one, i) => pairs(`${name}[${i}]`, one))
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([key, one]) => pairs(`${name}[${key}]`, one))
    return value === undefined ? [] : [`${encode(name)}=${encode(plain(value))}`]
  }
  return Object.entries(fields)
    .flatMap(([name, value]) => pairs(name, value))
    .join('&')
}
