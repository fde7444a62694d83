import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Path of a Chromium; on Debian one that is missing is installed, with a Chinese font for the pictures. */
export function ensureChromium(): string {
  const found = places.find((file) => file && existsSync(file))
  const hasFont = spawnSync('sh', ['-c', 'fc-list :lang=zh | grep -q .']).status === 0
  if (found && hasFont) return found
  process.stderr.write('Installing Chromium and a Chinese font (Debian packages) …\n')
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const packages = ['chromium', 'fonts-noto-cjk', 'fontconfig']
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const [file = 'apt-get', ...rest] = [...sudo, 'apt-get', '-qq', ...args]
    const run = spawnSync(file, rest, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (run.status !== 0) {
      process.stderr.write(
        'Could not install them. Install the packages chromium and fonts-noto-cjk, or set CHROMIUM.\n',
      )
      process.exit(1)
    }
  }
  return places.find((file) => file && existsSync(file)) ?? 'chromium'
}
