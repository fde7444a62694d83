import { type Command, InvalidArgumentError } from 'commander'
import { Username } from '#contract/access/accounts.ts'
import { securityLimits } from '#server/assembly.ts'
import { firstAccounts, openIdentity } from '#server/modules/access/index.ts'
import { writeJson, writeLine } from '../output.ts'
import { type CliPlatform, withPlatform } from '../platform.ts'

export function addAccountCommands(program: Command): void {
  const accounts = program.command('accounts').description('首次开户与补发启用码')
  accounts
    .command('first <USERNAME> <NAME>')
    .description('全省还没有这一职责的账号时，开第一个；已有的，须在网页上由两人办理')
    .requiredOption('--role <ROLE>', firstAccounts.roles.join('、'), readRole)
    .option('--json', '输出 JSON', false)
    .action(first)
  accounts
    .command('enrol <USERNAME>')
    .description('给没有人能帮助的管理员或省级领导补发启用码：旧密码和验证器失效，记入审计并报警')
    .requiredOption('--reason <TEXT>', '为什么，记入审计')
    .option('--json', '输出 JSON', false)
    .action(enrol)
}

type FirstRole = (typeof firstAccounts.roles)[number]

function readRole(text: string): FirstRole {
  const role = firstAccounts.roles.find((one) => one === text)
  if (!role) throw new InvalidArgumentError(`应为 ${firstAccounts.roles.join('、')} 之一`)
  return role
}

function readUsername(text: string): string {
  const known = Username.safeParse(text)
  if (!known.success)
    throw new InvalidArgumentError('用户名为 3 到 30 位小写字母、数字、点、横线或下划线，首尾为字母或数字')
  return known.data
}

const depsOf = ({ roles, keyRing, clock, audit }: CliPlatform) => ({
  audit,
  identity: openIdentity(roles.auth, {
    ...{ secret: keyRing.sessionSecret, publicUrl: undefined, limits: securityLimits(clock) },
  }),
})

async function first(typed: string, name: string, { role, json }: { role: FirstRole; json: boolean }) {
  const username = readUsername(typed)
  await withPlatform(undefined, async (platform) => {
    show(await firstAccounts.open(depsOf(platform), { username, name, role }), json)
  })
}

async function enrol(username: string, { reason, json }: { reason: string; json: boolean }) {
  await withPlatform(undefined, async (platform) => {
    show(await firstAccounts.enrolAgain(depsOf(platform), { username, reason }), json)
  })
}

function show(code: { username: string; first: string; second: string }, json: boolean) {
  if (json) return writeJson(code)
  writeLine(`用户名　　　　${code.username}`)
  writeLine(`启用码上半段　${code.first}`)
  writeLine(`启用码下半段　${code.second}`)
  writeLine('只显示这一次。请交给本人，在登录页点“用启用码设置密码”。')
}
