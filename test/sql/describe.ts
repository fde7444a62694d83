import type pg from 'pg'

export interface Column {
  name: string
  /** PostgreSQL's name of the type; `[]` behind it for an array. */
  type: string
  /** `table.column` that it is as it stands, where that column may be null. */
  nullable: string | undefined
}

export type Described = { columns: Column[] | undefined; parameters: number[] } | { problem: string }

interface Field {
  name: string
  tableID: number
  columnID: number
  dataTypeID: number
}

/** What the server says of a text without running it: Parse and Describe of the extended protocol. */
export async function describeTexts(client: pg.PoolClient, texts: readonly string[]): Promise<Described[]> {
  const answers: Answer[] = []
  for (const text of texts) answers.push(await call(client, text))
  const types = await typeNames(client)
  const nullable = await nullableColumns(client)
  return answers.map((answer) => {
    if ('problem' in answer) return answer
    const columns = answer.fields?.map(({ name, dataTypeID, tableID, columnID }) => ({
      name,
      type: types.get(dataTypeID) ?? `type ${dataTypeID}`,
      nullable: nullable.get(`${tableID} ${columnID}`),
    }))
    return { columns, parameters: answer.parameters }
  })
}

type Answer = { fields: Field[] | undefined; parameters: number[] } | { problem: string }

function call(client: pg.PoolClient, text: string): Promise<Answer> {
  return new Promise((resolve) => {
    const found: { fields: Field[] | undefined; parameters: number[] } = { fields: undefined, parameters: [] }
    let wire: Wire | undefined
    const hearParameters = ({ dataTypeIDs }: { dataTypeIDs: number[] }) => {
      found.parameters = dataTypeIDs
    }
    const end = (answer: Answer) => {
      wire?.off('parameterDescription', hearParameters)
      resolve(answer)
    }
    const query = {
      submit(connection: Wire) {
        wire = connection
        connection.on('parameterDescription', hearParameters)
        connection.parse({ text, name: '', types: [] })
        connection.describe({ type: 'S', name: '' })
        connection.sync()
      },
      handleRowDescription({ fields }: { fields: Field[] }) {
        found.fields = fields
      },
      handleError: (error: Error) => end({ problem: error.message }),
      handleReadyForQuery: () => end(found),
    }
    client.query(query as unknown as pg.Submittable)
  })
}

/** The part of a connection of `pg` that its own queries use. */
interface Wire {
  on(event: 'parameterDescription', listener: (message: { dataTypeIDs: number[] }) => void): void
  off(event: 'parameterDescription', listener: (message: { dataTypeIDs: number[] }) => void): void
  parse(message: { text: string; name: string; types: number[] }): void
  describe(message: { type: 'S'; name: string }): void
  sync(): void
}

async function typeNames(client: pg.PoolClient): Promise<Map<number, string>> {
  const { rows } = await client.query<{ id: number; name: string }>(
    `select t.oid::int as id, coalesce(e.typname || '[]', t.typname) as name
     from pg_type t left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function nullableColumns(client: pg.PoolClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ place: string; name: string }>(
    `select a.attrelid || ' ' || a.attnum as place, c.relname || '.' || a.attname as name
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not a.attnotnull and a.attnum > 0`,
  )
  return new Map(rows.map(({ place, name }) => [place, name]))
}
