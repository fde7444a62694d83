import { os, publicOs } from '#server/platform/http/rpc.ts'
import { listDevices, registerDevice, revokeDevice, statusOfDevice } from './devices.ts'
import { syncDevice } from './sync.ts'

export const fieldRoutes = {
  register: os.field.register.handler(({ input, context: { deps, me } }) => registerDevice(deps, me, input)),
  status: publicOs.field.status.handler(({ input, context: { services } }) =>
    statusOfDevice(services, input),
  ),
  devices: os.field.devices.handler(({ context: { deps, me } }) => listDevices(deps, me)),
  revoke: os.field.revoke.handler(({ input, context: { deps, me } }) => revokeDevice(deps, me, input.device)),
  sync: os.field.sync.handler(({ input, context: { deps, me, scope } }) =>
    syncDevice(deps, scope, me, input.device),
  ),
}
