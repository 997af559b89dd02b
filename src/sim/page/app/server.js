// The way to the simulated Slack and back. Everything is asked of the address that served this page.

/** This page's own name, so that the server knows which open page holds time back. */
export const page = crypto.randomUUID();

export async function get(path) {
  const answer = await fetch(`/api/${path}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export async function post(path, body = {}) {
  const answer = await fetch(`/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.status === 204 ? null : answer.json();
}

/** The path of one person's things. */
export const of = (person, rest = "") => `people/${encodeURIComponent(person)}${rest}`;

/** Calls `news` whenever something has changed, and `lost` when the programme has stopped or cannot be reached. */
export function listen(news, lost) {
  const source = new EventSource(`/api/events?page=${page}`);
  source.onmessage = (event) => news(JSON.parse(event.data));
  source.onerror = () => lost();
}
