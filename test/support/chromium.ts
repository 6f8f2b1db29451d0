import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const INSTALL_MS = 600_000;
const WHAT_TO_DO =
  'Install one and run the command again; on Debian or Ubuntu: sudo apt-get install -y chromium';

/** A browser of its own, as a phone has it, with nothing remembered. */
export interface Phone {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** The size of a phone of today. Throws with what to do when there is no browser and none may be installed. */
export async function openPhone(locale: string): Promise<Phone> {
  const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    headless: true,
    args: ARGUMENTS,
    chromiumSandbox: false,
    locale,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findChromium(): string {
  const found = present() ?? (mayInstall() ? install() : undefined);
  if (found === undefined) throw new Error(`There is no Chromium on this machine. ${WHAT_TO_DO}`);
  return found;
}

function present(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function mayInstall(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    return /debian/i.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** As scripts do with mariadb-server: only the program is wanted. */
function install(): string | undefined {
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-q', '-y', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      encoding: 'utf8',
      timeout: INSTALL_MS,
    });
  apt('update');
  const { status, stdout, stderr } = apt('install', '--no-install-recommends', 'chromium', 'fonts-nanum');
  if (status === 0) return present();
  const said = `${stdout}${stderr}`.split('\n').slice(-8).join('\n');
  throw new Error(`chromium could not be installed. ${WHAT_TO_DO}\n${said}`);
}
