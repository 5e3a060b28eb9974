import { Temporal } from 'temporal-polyfill';
import { PERSON_ROLES, type PersonRole } from '../../functions/shared/session/session.ts';
import * as z from 'zod/mini';

/** What the local system is started with. */
export interface Settings {
  readonly port: number;
  readonly mailPort: number;
  /** Where mails can be replied to; the usual port, or a free one when that is taken, where nothing is said. */
  readonly smtpPort?: number;
  readonly data: string;
  /** Fill a new data folder with a demonstration. */
  readonly demonstrate: boolean;
  readonly now?: Temporal.Instant;
  readonly token: string;
  /** What other bearer tokens let those do who hold them. */
  readonly tokens?: Readonly<Record<string, readonly PersonRole[]>>;
}

/** Reads the settings from environment variables; answers one sentence for each variable that is wrong. */
export const readSettings = (
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; settings: Settings } | { ok: false; errors: string[] } => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = variables.safeParse(given);
  if (!result.success) {
    return { ok: false, errors: result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) };
  }
  const { PORT, MAIL_PORT, SMTP_PORT, FRIST_DATA, FRIST_DEMO, FRIST_NOW, FRIST_TOKEN, FRIST_TOKENS } = result.data;
  return {
    ok: true,
    settings: {
      port: Number(PORT),
      mailPort: Number(MAIL_PORT),
      ...(SMTP_PORT !== undefined && { smtpPort: Number(SMTP_PORT) }),
      data: FRIST_DATA,
      demonstrate: FRIST_DEMO === '1',
      ...(FRIST_NOW !== undefined && { now: Temporal.Instant.from(FRIST_NOW) }),
      token: FRIST_TOKEN,
      ...(FRIST_TOKENS !== undefined && { tokens: tokensSchema.parse(JSON.parse(FRIST_TOKENS)) }),
    },
  };
};

const port = z
  .string()
  .check(z.refine((text) => /^\d{1,5}$/.test(text) && Number(text) < 65_536, 'must be a port: 0 to 65535'));

const tokensSchema = z.record(z.string().check(z.regex(/^\S+$/)), z.array(z.enum(PERSON_ROLES)));

const isTokens = (text: string): boolean => {
  try {
    return tokensSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
};

const isInstant = (text: string): boolean => {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
};

const variables = z.object({
  PORT: z.prefault(port, '3000'),
  MAIL_PORT: z.prefault(port, '3001'),
  SMTP_PORT: z.optional(port),
  FRIST_DATA: z.prefault(z.string(), '.frist'),
  FRIST_DEMO: z.prefault(z.enum(['0', '1'], 'must be 0 or 1'), '1'),
  FRIST_NOW: z.optional(z.string().check(z.refine(isInstant, 'must be an instant, such as 2026-12-21T08:00:00+01:00'))),
  FRIST_TOKEN: z.prefault(z.string().check(z.regex(/^\S+$/, 'must be one word')), 'local'),
  FRIST_TOKENS: z.optional(z.string().check(z.refine(isTokens, 'must be JSON such as {"night-team": ["emergency"]}'))),
});
