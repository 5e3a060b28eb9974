import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** A real Chromium: the one that CHROMIUM names, or else the system's own. */
export const launchChromium = async (): Promise<Browser> => {
  const path = process.env['CHROMIUM'] ?? PLACES.find((place) => existsSync(place));
  if (path === undefined) throw new Error('no Chromium was found; set CHROMIUM to its path');
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
};

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
