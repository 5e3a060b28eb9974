import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { readSettings } from '../../infra/local/settings.ts';

test('nothing set gives the defaults', () => {
  expect(readSettings({ HOME: '/home/x', PORT: '' })).toEqual({
    ok: true,
    settings: { port: 3000, mailPort: 3001, data: '.frist', demonstrate: true, token: 'local' },
  });
});

test('everything can be set', () => {
  const read = readSettings({
    PORT: '0',
    MAIL_PORT: '4001',
    SMTP_PORT: '4002',
    FRIST_DATA: ':memory:',
    FRIST_DEMO: '0',
    FRIST_NOW: '2026-12-23T15:00:00+01:00',
    FRIST_TOKEN: 'abc',
    FRIST_TOKENS: '{"night": ["emergency"]}',
  });
  expect(read).toMatchObject({
    ok: true,
    settings: {
      port: 0,
      mailPort: 4001,
      smtpPort: 4002,
      data: ':memory:',
      demonstrate: false,
      token: 'abc',
      tokens: { night: ['emergency'] },
    },
  });
  expect(read.ok && read.settings.now).toEqual(Temporal.Instant.from('2026-12-23T14:00:00Z'));
});

test.each([
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['MAIL_PORT', '-1'],
  ['SMTP_PORT', 'smtp'],
  ['FRIST_DEMO', 'no'],
  ['FRIST_NOW', '2026-12-23'],
  ['FRIST_NOW', '2026-12-23T15:00:00'],
  ['FRIST_TOKEN', 'two words'],
  ['FRIST_TOKENS', 'night'],
  ['FRIST_TOKENS', '{"night": ["owner"]}'],
])('%s=%s is refused by name', (name, value) => {
  const read = readSettings({ [name]: value });
  expect(read).toEqual({ ok: false, errors: [expect.stringMatching(new RegExp(`^${name} must be `))] });
});
