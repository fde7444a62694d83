import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'
import 'swagger-ui-dist/swagger-ui.css'
import './api-docs.css'

/** Draws the product's own OpenAPI document; nothing is asked of any other site, and nothing is called from here. */
SwaggerUI({
  url: '/api/openapi.json',
  domNode: document.getElementById('root'),
  validatorUrl: null,
  supportedSubmitMethods: [],
  deepLinking: true,
  docExpansion: 'list',
  filter: true,
  defaultModelsExpandDepth: -1,
})
