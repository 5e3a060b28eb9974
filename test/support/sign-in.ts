import { PEOPLE } from '../../infra/local/people.ts';

/** A form as a browser sends it. */
export const asForm = (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(form).toString(),
});

/** A browser without a window: it follows redirects, keeps cookies by host and port, and sends forms. */
export const openBrowser = () => {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string): Map<string, string> => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };

  /** One request and its answer, without following where it leads. */
  const once = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie !== '' && { cookie }) };
    const answer = await fetch(url, { ...init, redirect: 'manual', headers });
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/su);
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/iu.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };

  const follow = async (url: string, init?: RequestInit): Promise<{ url: string; answer: Response }> => {
    let [at, answer] = [url, await once(url, init)];
    for (let steps = 0; answer.headers.has('location'); steps += 1) {
      if (steps === 10) throw new Error(`${url} leads on and on, at last to ${at}`);
      at = new URL(answer.headers.get('location') ?? '', at).href;
      answer = await once(at);
    }
    return { url: at, answer };
  };

  /** Signs in as one of the local issuer's people. */
  const signIn = async (web: string, id: string, to = '/watch'): Promise<{ url: string; answer: Response }> => {
    if (!PEOPLE.some((person) => person.id === id)) throw new Error(`the local issuer knows no ${id}`);
    const choice = await follow(`${web}/login?${new URLSearchParams({ to }).toString()}`);
    const end = await follow(`${choice.url}?person=${id}`, { method: 'POST' });
    if (!jarOf(web).has('frist')) throw new Error(`${id} could not sign in: ${String(end.answer.status)} ${end.url}`);
    return end;
  };

  return { once, follow, signIn, cookies: jarOf };
};
