/**
 * Gives every style element that a script makes the nonce of this page, which its policy requires. Ant Design could be passed the
 * nonce, but the parts that lock scrolling behind a dialog and measure scroll bars take none. Styles that come as markup, which
 * is how foreign ones would come, get none and are refused.
 */
export function setStyleNonce() {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce
  if (!nonce) return
  const create = document.createElement
  document.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
    const element = create.call(this, name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  } as typeof create
}
