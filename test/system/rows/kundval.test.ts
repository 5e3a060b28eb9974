import { describe, expect, test } from 'vitest';
import { endOf, moment } from '../../support/facts.ts';
import { townForTests } from '../../support/town.ts';
import { linkIn } from '../../support/visit.ts';

/* Rows K1–K13: routine `kundval`, on the running system. Monday is 23 November 2026. */

const town = townForTests('2026-11-23 09:00');

const at = (text: string): string => moment(text).toString();

test('K1: the order goes to the chosen provider, by a mail with the case number and a link and nothing of the person', async () => {
  const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
  const life = town.openCase();
  await life.order({
    provider: omsorg.id,
    officer: anna.id,
    goals: 'Kunna bo kvar hemma.',
    purpose: 'Trygghet i vardagen.',
  });

  const mails = await town.mailsTo(omsorg);
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  expect(mail?.subject).toMatch(new RegExp(`^Ärende ${life.number}: bekräfta mottagandet senast `, 'u'));
  expect(linkIn(mail)).toMatch(/\/p\/[\w-]{22}$/u);
  for (const words of [mail?.subject, mail?.text, mail?.html])
    expect(words).not.toMatch(/omvårdnad|personalCare|Kunna bo|Trygghet|O-1/u);
});

describe('K1, K13: given a provider that no mail reaches', () => {
  test.each(['service', 'dayActivity'])(
    'an order of %s is handed over in person: "contact in person" stands on the case officer’s watch list until it is done',
    async (service) => {
      const [anna, serviceAb] = [await town.officer(), await town.providerWithoutMail()];
      const life = town.openCase();
      await life.order({ service, provider: serviceAb.id, officer: anna.id });

      const { tasks } = await town.ok<{ tasks: object[] }>(
        'GET',
        `/api/tasks?owner=officer&status=open&provider=${serviceAb.id}`,
      );
      expect(tasks).toMatchObject([
        { case: life.number, task: 'contactInPerson:O-1', officer: anna.id, provider: serviceAb.id },
      ]);
      expect((await town.mailsTo(anna)).map(({ text }) => text)).toEqual([
        expect.stringContaining('Kontakta utföraren personligen.'),
      ]);

      await life.tell('provider.contacted', { order: 'O-1', provider: serviceAb.id, channel: 'fax' });
      expect(await life.task('contactInPerson:O-1')).toMatchObject({ status: 'done' });
      expect(
        (await town.ok<{ tasks: object[] }>('GET', `/api/tasks?owner=officer&status=open&provider=${serviceAb.id}`))
          .tasks,
      ).toEqual([]);
    },
  );

  test('one that has the operational system gets the order there, and nobody needs to call', async () => {
    const kommunen = await town.providerWithoutMail({ kind: 'municipal', connected: true });
    const life = town.openCase();
    await life.order({ service: 'dayActivity', provider: kommunen.id });
    expect(await life.tasks()).toEqual([]);
    expect(await life.deadline('confirm')).toMatchObject({ row: 'K2', owner: 'provider', status: 'open' });
  });
});

test('K13: day activity of a private provider is mailed and confirmed like other orders', async () => {
  const galleriet = await town.provider();
  const life = town.openCase();
  await life.order({ service: 'dayActivity', provider: galleriet.id });
  await town.send(linkIn((await town.mailsTo(galleriet))[0]), { start: '2026-11-24' });
  expect(await life.deadline('confirm')).toMatchObject({ kind: 'hard', due: endOf('2026-11-24'), status: 'met' });
});

test('K2, K3: the confirmation by the link in the mail is in time until the end of the next day', async () => {
  const omsorg = await town.provider();
  const life = town.openCase();
  await life.order({ provider: omsorg.id });
  expect(await life.deadline('confirm')).toMatchObject({
    row: 'K2',
    owner: 'provider',
    kind: 'hard',
    due: endOf('2026-11-24'),
    status: 'open',
  });

  const page = await town.send(linkIn((await town.mailsTo(omsorg))[0]), { start: '2026-11-24' });
  expect(page.text).toContain('Tack, mottagandet är bekräftat');
  expect(await life.deadline('confirm')).toMatchObject({ status: 'met', closed: town.now().toString() });
  expect(await life.journal('order.confirmed')).toMatchObject([
    { door: 'link', data: { channel: 'link', plannedStart: '2026-11-24' } },
  ]);
});

test('K3: a confirmation through the system, and one that the case officer took by phone or fax, count as well', async () => {
  const [omsorg, serviceAb] = [await town.provider({ connected: true }), await town.provider()];
  const [first, second] = [town.openCase(), town.openCase()];
  await first.order({ provider: omsorg.id });
  await second.order({ provider: serviceAb.id });

  await first.tell('order.confirmed', { order: 'O-1', channel: 'api' });
  await second.tell('order.confirmed', { order: 'O-1', channel: 'officer', onBehalfOf: serviceAb.id });

  expect(await first.deadline('confirm')).toMatchObject({ status: 'met' });
  expect(await second.deadline('confirm')).toMatchObject({ status: 'met' });
  expect(await second.journal('order.confirmed')).toMatchObject([
    { data: { channel: 'officer', onBehalfOf: serviceAb.id } },
  ]);
});

test('K2, K8: cleaning is neither confirmed nor late to start', async () => {
  const stad = await town.provider();
  const life = town.openCase();
  await life.order({ service: 'cleaning', provider: stad.id });
  expect(await life.deadlines()).toEqual([]);
});

describe('K8, K9: given cleaning by a certificate', () => {
  test('the client hands it over, and the provider reports the agreed start, each change and the end', async () => {
    const stad = await town.provider();
    const life = town.openCase();
    await life.tell('certificate.issued', { service: 'cleaning', provider: stad.id });
    await life.order({ service: 'cleaning', provider: stad.id });
    await town.answer(stad, life, 'service.started', { date: '2026-11-23' });
    await town.answer(stad, life, 'service.changed', { reason: 'increased' });
    expect(await life.orderRecord()).toMatchObject({ status: 'started', started: '2026-11-23' });
    await town.answer(stad, life, 'service.ended', { on: '2026-11-23', reason: 'moved' });

    expect(await life.orderRecord()).toMatchObject({ status: 'ended' });
    expect(await life.tasks()).toEqual([]);
    expect((await life.journal()).map(({ type }) => type.slice('se.frist.'.length, -'.v1'.length))).toEqual(
      expect.arrayContaining(['certificate.issued', 'service.started', 'service.changed', 'service.ended']),
    );
  });

  test('a change that the municipality brought is still to be reported on the form, each of them', async () => {
    const stad = await town.provider();
    const life = town.openCase();
    await life.order({ service: 'cleaning', provider: stad.id });
    await life.tell('service.changed', { order: 'O-1', reason: 'decreased' });
    expect(await life.task('reportChange:O-1')).toMatchObject({ owner: 'provider', row: 'K9', status: 'open' });

    await town.answer(stad, life, 'service.changed', { reason: 'decreased' });
    expect(await life.tasks('open')).toEqual([]);
    await life.tell('service.changed', { order: 'O-1', reason: 'increased' });
    expect(await life.tasks('open')).toEqual(['reportChange:O-1:2']);
  });

  test('and so is a death: the provider is told, and owes its report until it comes', async () => {
    const stad = await town.provider();
    const life = town.openCase();
    await life.order({ service: 'cleaning', provider: stad.id });
    await life.tell('service.ended', { order: 'O-1', on: '2026-11-23', reason: 'deceased' });
    expect(await life.task('reportEnd:O-1')).toMatchObject({ owner: 'provider', row: 'K9', status: 'open' });
    const mails = await town.mailsTo(stad);
    expect(mails.at(-1)?.text).toMatch(/redovisningsblanketten/u);
    expect(mails.at(-1)?.text).not.toMatch(/avlid|städ/iu);

    await town.answer(stad, life, 'service.ended', { on: '2026-11-23', reason: 'deceased' });
    expect(await life.task('reportEnd:O-1')).toMatchObject({ status: 'done' });
  });

  test('a provider with the operational system enters it there itself, and owes no form', async () => {
    const stad = await town.provider({ connected: true });
    const life = town.openCase();
    await life.order({ service: 'cleaning', provider: stad.id });
    await life.tell('service.changed', { order: 'O-1', reason: 'decreased' });
    expect(await life.tasks()).toEqual([]);
  });
});

describe('K6, K7: given that the service has started', () => {
  test('K6: the provider enters the date in the system, and the case officer is mailed from when the decision is executed', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
    const life = town.openCase();
    await life.order({ provider: omsorg.id, officer: anna.id });
    await life.tell('service.started', { order: 'O-1', date: '2026-11-23' });

    const [mail] = await town.mailsTo(anna);
    expect(mail?.subject).toContain(life.number);
    expect(mail?.text).toContain(`${omsorg.name} meddelar att beslutet är verkställt från och med måndag 23 november`);
    expect(await life.tasks()).toEqual([]);
  });

  test('K6: told before the order is known, it is told to the case officer when the order comes, and once', async () => {
    const [anna, omsorg] = [await town.officer(), await town.provider({ connected: true })];
    const life = town.openCase();
    await life.tell('service.started', { order: 'O-1', date: '2026-11-23' });
    await life.tell('service.notExecuted', { order: 'O-1', reason: 'Ingen öppnade.' });
    expect(await town.mailsTo(anna)).toEqual([]);
    await life.order({ provider: omsorg.id, officer: anna.id });
    expect((await town.mailsTo(anna)).map(({ text }) => text.split('\n')[0])).toEqual([
      `${omsorg.name} meddelar att beslutet är verkställt från och med måndag 23 november.`,
      `${omsorg.name} meddelar att en insats inte har blivit utförd. Orsaken står i ärendet.`,
    ]);
  });

  test('K7: the date that a provider without the system tells by its link is registered by the case officer', async () => {
    const [anna, serviceAb] = [await town.officer(), await town.provider({ connected: false })];
    const life = town.openCase();
    await life.order({ service: 'service', provider: serviceAb.id, officer: anna.id });
    await town.answer(serviceAb, life, 'service.started', { date: '2026-11-23' });
    expect(await life.task('registerStart:O-1')).toMatchObject({ owner: 'officer', row: 'K7', status: 'open' });
    expect(await town.mailsTo(anna)).toHaveLength(1);

    await life.tell('start.registered', { order: 'O-1', date: '2026-11-23' });
    expect(await life.task('registerStart:O-1')).toMatchObject({ status: 'done' });
  });
});

describe('K10, K12: given a choice and a choice anew', () => {
  test('both stand in the journal under their headings', async () => {
    const [omsorg, hemvard] = [await town.provider(), await town.provider()];
    const life = town.openCase();
    await life.tell('choice.made', { service: 'personalCare', provider: omsorg.id, form: 'written' });
    await life.order({ provider: omsorg.id });
    await life.tell('switch.requested', {
      switch: 'X-1',
      service: 'personalCare',
      from: 'O-1',
      toProvider: hemvard.id,
    });
    expect(await life.journal('choice.made')).toMatchObject([
      { heading: 'Val av utförare LOV', data: { form: 'written' } },
    ]);
    expect(await life.journal('switch.requested')).toMatchObject([{ heading: 'Omval utförare LOV' }]);
  });

  test('K12: the information folder, and informing about providers at a choice anew, are ticked off the watch list', async () => {
    const [omsorg, hemvard] = [await town.provider(), await town.provider()];
    const life = town.openCase();
    await life.tell('choice.made', { service: 'personalCare', provider: omsorg.id, form: 'oral' });
    expect(await life.task('informationFolder:personalCare')).toMatchObject({ owner: 'officer', status: 'open' });

    await life.order({ provider: omsorg.id });
    await life.tell('switch.requested', {
      switch: 'X-1',
      service: 'personalCare',
      from: 'O-1',
      toProvider: hemvard.id,
    });
    const open = async () => {
      const { tasks } = await town.ok<{ tasks: { case: string; task: string }[] }>('GET', '/api/tasks?owner=officer');
      return tasks.flatMap((one) => (one.case === life.number ? [one.task] : [])).toSorted();
    };
    expect(await open()).toEqual(['informAtRechoice:X-1', 'informationFolder:personalCare']);

    await life.tell('task.done', { task: 'informationFolder:personalCare' });
    expect(await open()).toEqual(['informAtRechoice:X-1']);
    await life.tell('task.done', { task: 'informAtRechoice:X-1' });
    expect(await open()).toEqual([]);
  });
});

describe('K11: given those who do not choose', () => {
  test('200 at once on a list of seven get counts that differ by at most one, each one provider, doubled deliveries or not', async () => {
    const providers = await Promise.all(Array.from({ length: 7 }, async () => town.provider()));
    await town.list(
      'personalCare',
      providers.map(({ id }) => ({ id })),
      'norr',
    );
    const cases = Array.from({ length: 200 }, () => town.openCase());
    const facts = cases.map((life) => life.factOf('choice.abstained', { service: 'personalCare', area: 'norr' }));
    // Twice, in other company: each message is delivered at least twice.
    await Promise.all([town.tell(...facts.slice(0, 100)), town.tell(...facts.slice(100)), town.tell(...facts)]);

    const assigned = await Promise.all(cases.map(async (life) => life.journal('provider.assigned')));
    expect(assigned.map((its) => its.length)).toEqual(cases.map(() => 1));
    const counts = providers.map(
      ({ id }) => assigned.filter(([fact]) => 'provider' in fact!.data && fact!.data.provider === id).length,
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual([28, 28, 28, 29, 29, 29, 29]);
  });

  test('each service has its own list, and a second wish not to choose assigns nobody anew', async () => {
    const [omsorg, stad, other] = [await town.provider(), await town.provider(), await town.provider()];
    await town.list('service', [{ id: omsorg.id }, { id: other.id }]);
    await town.list('cleaning', [{ id: stad.id }, { id: other.id }]);
    const life = town.openCase();
    for (const service of ['service', 'cleaning', 'service']) await life.tell('choice.abstained', { service });
    expect((await life.journal('provider.assigned')).map(({ data }) => data)).toEqual([
      { service: 'service', provider: omsorg.id, list: 'service' },
      { service: 'cleaning', provider: stad.id, list: 'cleaning' },
    ]);
  });

  test('full and paused providers are passed over, a new one does not make up for the time before', async () => {
    const [full, paused, steady, fresh] = await Promise.all([1, 2, 3, 4].map(async () => town.provider()));
    const take = async (times: number): Promise<(string | undefined)[]> => {
      const taken: (string | undefined)[] = [];
      for (let turn = 0; turn < times; turn += 1) {
        const life = town.openCase();
        await life.tell('choice.abstained', { service: 'personalCare', area: 'syd' });
        const [fact] = await life.journal('provider.assigned');
        taken.push(fact && 'provider' in fact.data ? fact.data.provider : undefined);
      }
      return taken;
    };
    const places = [{ id: full!.id, cap: 1 }, { id: paused!.id, paused: true }, { id: steady!.id }];
    await town.list('personalCare', places, 'syd');
    expect(await take(4)).toEqual([full!.id, steady!.id, steady!.id, steady!.id]);

    await town.list('personalCare', [...places, { id: fresh!.id }], 'syd');
    const later = await take(4);
    expect(later.filter((id) => id === fresh!.id)).toHaveLength(2);
    expect(later.filter((id) => id === steady!.id)).toHaveLength(2);

    await town.list('personalCare', [{ id: full!.id, cap: 1 }, { id: paused!.id }, { id: steady!.id }], 'syd');
    const resumed = await take(4);
    expect(resumed.filter((id) => id === paused!.id)).toHaveLength(2);
  });

  test('where nobody on the list is free, the case officer has the task to assign somebody', async () => {
    const omsorg = await town.provider();
    await town.list('personalCare', [{ id: omsorg.id, paused: true }], 'väst');
    const life = town.openCase();
    await life.tell('choice.abstained', { service: 'personalCare', area: 'väst' });
    expect(await life.journal('provider.assigned')).toEqual([]);
    expect(await life.task('assignProvider:personalCare')).toMatchObject({ owner: 'officer', status: 'open' });

    await life.order({ provider: omsorg.id });
    expect(await life.task('assignProvider:personalCare')).toMatchObject({ status: 'done' });
  });
});

// From here on the clock goes forward.

test('K2: not confirmed by the end of the next day, also on julafton, it is a breach that the case officer is alerted to', async () => {
  await town.moveTo('2026-12-23 15:00');
  const [anna, omsorg] = [await town.officer(), await town.provider()];
  const life = town.openCase();
  await life.order({ provider: omsorg.id, officer: anna.id });
  expect(await life.deadline('confirm')).toMatchObject({ due: '2026-12-24T23:00:00Z', status: 'open' });

  await town.moveTo('2026-12-24 23:59');
  expect((await town.mailsTo(anna)).map(({ subject }) => subject)).toEqual([
    `Ärende ${life.number}: påminnelse, bekräfta mottagandet senast torsdag 24 december`,
  ]);
  expect((await town.mailsTo(omsorg)).map(({ subject }) => subject).at(-1)).toContain('påminnelse');

  await town.moveTo('2026-12-25 00:05');
  expect(await life.deadline('confirm')).toMatchObject({ status: 'breached' });
  const alert = (await town.mailsTo(anna)).at(-1);
  expect(alert?.subject).toBe(`Ärende ${life.number}: fristen för att bekräfta mottagandet har passerat`);
  expect(alert?.text).toContain(omsorg.name);
  expect(alert?.text).toContain('K2');
});

test('K4: personal care starts within 48 hours, Christmas or not', async () => {
  const [anna, omsorg] = [await town.officer(), await town.provider()];
  const [inTime, late] = [town.openCase(), town.openCase()];
  for (const life of [inTime, late]) {
    await life.order({ provider: omsorg.id, officer: anna.id });
    await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
    expect(await life.deadline('start')).toMatchObject({
      row: 'K4',
      kind: 'hard',
      owner: 'provider',
      due: at('2026-12-27 00:05'),
    });
  }
  await town.moveTo('2026-12-27 00:04');
  await inTime.tell('service.started', { order: 'O-1', date: '2026-12-27' });
  await town.moveTo('2026-12-27 00:10');
  await late.tell('service.started', { order: 'O-1', date: '2026-12-27' });

  expect(await inTime.deadline('start')).toMatchObject({ status: 'met' });
  expect(await late.deadline('start')).toMatchObject({ status: 'breached', closed: at('2026-12-27 00:10') });
  expect((await inTime.journal('deadline.breached')).length).toBe(0);
  expect((await late.journal('deadline.breached')).length).toBe(1);
});

test('K5: service starts within seven days of the receipt: the limit moves when the confirmation comes', async () => {
  await town.moveTo('2027-01-11 10:00');
  const omsorg = await town.provider();
  const life = town.openCase();
  await life.order({ service: 'service', provider: omsorg.id });
  expect(await life.deadline('start')).toMatchObject({ row: 'K5', kind: 'hard', due: endOf('2027-01-18') });

  await town.moveTo('2027-01-12 08:00');
  await life.tell('order.confirmed', { order: 'O-1', channel: 'api' });
  expect(await life.deadline('start')).toMatchObject({
    opened: at('2027-01-12 08:00'),
    due: endOf('2027-01-19'),
  });
  await town.moveTo('2027-01-19 16:00');
  await life.tell('service.started', { order: 'O-1', date: '2027-01-19' });
  expect(await life.deadline('start')).toMatchObject({ status: 'met' });
  await town.moveTo('2027-01-21 16:00');
  expect(await life.journal('deadline.breached')).toEqual([]);
});

test('K4: 48 hours are elapsed hours when summer time begins', async () => {
  await town.moveTo('2027-03-27 10:00');
  const omsorg = await town.provider();
  const life = town.openCase();
  await life.order({ provider: omsorg.id });
  expect(await life.deadline('start')).toMatchObject({ due: at('2027-03-29 11:00') });
});
