/** What of the library is used; it brings no types of its own. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  const show: (options: {
    url: string
    domNode: HTMLElement | null
    validatorUrl: null
    supportedSubmitMethods: readonly string[]
    deepLinking: boolean
    docExpansion: 'none' | 'list' | 'full'
    filter: boolean
    defaultModelsExpandDepth: number
  }) => void

  export = show
}
