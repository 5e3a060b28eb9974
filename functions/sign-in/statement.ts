import { html } from 'hono/html';
import type { Office } from '../shared/environment.ts';
import type { Response } from '../shared/http.ts';
import { officePage } from '../shared/web/office.ts';

/**
 * The accessibility statement (lag (2018:1937) om tillgänglighet till digital offentlig service, 13 §; model of Commission
 * Implementing Decision (EU) 2018/1523).
 */
export const accessibilityPage = ({ name, officersMail }: Pick<Office, 'name' | 'officersMail'>): Response =>
  officePage(200, {
    title: 'Tillgänglighet',
    municipality: name,
    main: html`<h1>Tillgänglighet i Frist</h1>
      <p class="lead">${name} står bakom den här webbplatsen. Vi vill att alla ska kunna använda den, oavsett behov.</p>
      <section class="card"><h2>Hur tillgänglig är webbplatsen?</h2><p>Webbplatsen är gjord för att följa lagen om tillgänglighet till digital offentlig service och nivå AA i WCAG 2.1 (EN 301 549). Vi känner inte till några brister.</p></section>
      <section class="card"><h2>Så har vi testat</h2><p>Sidorna prövas av ett program (axe) i en riktig webbläsare, i ljust och mörkt läge och i smalt fönster, och allt som går att göra prövas med enbart tangentbord. Ingen utomstående har granskat dem.</p></section>
      <section class="card"><h2>Hittar du en brist?</h2><p>Skriv till <a href="mailto:${officersMail}">${officersMail}</a> så hjälper vi dig och rättar till det. Behöver du innehållet på ett annat sätt kan du be om det på samma adress.</p></section>
      <section class="card"><h2>Tillsyn</h2><p>Myndigheten för digital förvaltning ansvarar för tillsynen. Är du inte nöjd med hur vi hanterar dina synpunkter kan du <a href="https://www.digg.se/tdosanmalan">anmäla det till Digg</a>.</p></section>`,
  });
