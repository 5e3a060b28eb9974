import { html } from 'hono/html';
import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { ZONE } from '../../domain/calendar/stockholm.ts';
import type { Clock } from '../../functions/shared/runtime.ts';
import { STYLE } from '../../functions/shared/web/style.ts';
import type { Answer } from './answer.ts';
import type { Mail, Mails } from './mails.ts';
import type { WebRoute } from './web-server.ts';

/** The mailbox: a page with every mail handed to the local SES, and a page for each. */
export const mailboxRoutes = (mails: Mails, clock: Clock): WebRoute[] => [
  { key: 'GET /', access: 'public', answer: async () => page(200, await listPage(mails.all().toReversed(), clock())) },
  {
    key: 'GET /mails/{id}',
    access: 'public',
    answer: async ({ parameters: { id = '' } }) => {
      const mail = mails.find(id);
      return mail ? page(200, await mailPage(mail, clock())) : page(404, await missingPage());
    },
  },
  {
    key: 'GET /mails/{id}/html',
    access: 'public',
    answer: async ({ parameters: { id = '' } }) => foreignHtml(mails.find(id)?.html ?? ''),
  },
  {
    key: 'GET /style.css',
    access: 'public',
    answer: async () => ({ status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: style }),
  },
];

/** The provider's page and this one share one design. */
const style = STYLE + readFileSync(new URL('mailbox.css', import.meta.url), 'utf8');

type Html = ReturnType<typeof html>;

const page = (status: number, body: string): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  },
  body,
});

/** A mail's own HTML, shut in: nothing runs and nothing is fetched, and its links open in the whole tab. */
const foreignHtml = (body: string): Answer => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  },
  body: `<!doctype html><base target="_top">${body}`,
});

const layout = async (title: string, content: Html): Promise<string> =>
  (
    await html`<!doctype html>
      <html lang="sv">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <link rel="stylesheet" href="/style.css" />
          <link rel="icon" href="data:," />
        </head>
        <body>
          <main>${content}</main>
        </body>
      </html>`
  ).toString();

const listPage = async (mails: readonly Mail[], now: Temporal.Instant): Promise<string> =>
  layout(
    'Brevlåda',
    html`<h1>Brevlåda</h1>
      <p class="soft">Mejlen som Frist har skickat, det senaste först. Inget av dem lämnar den här datorn.</p>
      ${
        mails.length === 0
          ? html`<p>Inget mejl har skickats än.</p>`
          : html`<ul class="mails">
              ${mails.map(
                (mail) =>
                  html`<li>
                    <a href="/mails/${mail.id}">
                      <strong>${mail.subject}</strong>
                      <span class="soft">Till ${mail.to.join(', ')} · ${moment(mail.at, now)}</span>
                    </a>
                  </li>`,
              )}
            </ul>`
      }`,
  );

const mailPage = async (mail: Mail, now: Temporal.Instant): Promise<string> =>
  layout(
    mail.subject,
    html`<p><a href="/">Alla mejl</a></p>
      <h1>${mail.subject}</h1>
      <dl>
        <dt>Till</dt>
        <dd>${mail.to.join(', ')}</dd>
        <dt>Från</dt>
        <dd>${mail.from}</dd>
        ${
          mail.headers['Reply-To'] === undefined
            ? ''
            : html`<dt>Svar till</dt>
                <dd>${mail.headers['Reply-To']}</dd>`
        }
        <dt>Skickat</dt>
        <dd>${moment(mail.at, now)}</dd>
      </dl>
      <div class="text">${linked(mail.text)}</div>
      ${
        mail.html === ''
          ? ''
          : html`<h2>Som HTML</h2>
              <iframe
                title="Mejlet som HTML"
                src="/mails/${mail.id}/html"
                sandbox="allow-top-navigation-by-user-activation"
              ></iframe>`
      }`,
  );

const missingPage = async (): Promise<string> =>
  layout(
    'Mejlet finns inte',
    html`<h1>Mejlet finns inte</h1>
      <p><a href="/">Alla mejl</a></p>`,
  );

/** An address in running text, without the full stop or bracket that may follow it. */
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,:;!?)])/;

const linked = (text: string): (string | Html)[] =>
  // Split by a group, so that every other piece is an address.
  text.split(ADDRESS).map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : piece));

/** A moment as people say it, with the exact instant for machines and on hover. */
const moment = (at: string, now: Temporal.Instant): Html => {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(ZONE);
  const today = now.toZonedDateTimeISO(ZONE);
  const time = local.toLocaleString('sv-SE', { hour: '2-digit', minute: '2-digit' });
  const day = local.toPlainDate().equals(today.toPlainDate())
    ? 'i dag'
    : local.toLocaleString('sv-SE', {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        ...(local.year !== today.year && { year: 'numeric' }),
      });
  return html`<time datetime="${at}" title="${at}">${day} ${time}</time>`;
};
