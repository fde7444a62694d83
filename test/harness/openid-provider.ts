import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type ClientMetadata } from 'oidc-provider'

/** Somebody the provider knows, and how it made sure of them. */
export interface ProviderPerson {
  subject: string
  claims: Record<string, unknown>
  methods: string[]
}

/** A real OpenID provider on a loopback port. `person` signs in without being asked anything. */
export async function openProvider(client: ClientMetadata) {
  let person: ProviderPerson = { subject: 'nobody', claims: {}, methods: ['pwd'] }
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [client],
    cookies: { keys: ['test-cookie-key'] },
    claims: { openid: ['sub', 'amr', 'acr'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, subject) => ({
      accountId: subject,
      claims: async () => ({ sub: subject, ...person.claims }),
    }),
    loadExistingGrant: async (ctx) => {
      const { client: known, session } = ctx.oidc
      const grant = new ctx.oidc.provider.Grant({
        clientId: known?.clientId ?? '',
        accountId: session?.accountId ?? '',
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const requested: URL[] = []
  const answer = provider.callback()
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    if (url.pathname === '/auth') requested.push(url)
    if (!url.pathname.startsWith('/interaction/')) return answer(request, response)
    const login = { accountId: person.subject, amr: person.methods }
    provider.interactionFinished(request, response, { login }).catch((error) => response.destroy(error))
  })

  /** Follows the browser's way through the provider; answers where it is sent back to. */
  async function visit(start: string): Promise<URL> {
    const cookies = new Map<string, string>()
    let url = new URL(start)
    for (let hop = 0; hop < 8 && url.origin === issuer; hop++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        cookies.set(name, value)
      }
      const location = response.headers.get('location')
      if (!location) throw new Error(`the provider stopped: ${response.status} ${await response.text()}`)
      url = new URL(location, url)
    }
    return url
  }

  return {
    issuer,
    /** Requests to the authorization endpoint as they came. */
    requested,
    visit,
    knows(someone: ProviderPerson) {
      person = someone
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
