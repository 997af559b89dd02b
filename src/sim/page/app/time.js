// Times as one person reads them, in that person's own zone.

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

/** The moment of a message's `ts`. */
export const ofTs = (ts) => new Date(Number(ts.split(".")[0]) * 1000);

export const clock = (at, zone) => format(zone, { hour: "2-digit", minute: "2-digit" }).format(at);

/** `Tuesday, 19 May` */
export const day = (at, zone) => format(zone, { weekday: "long", day: "numeric", month: "long" }).format(at);

/** `Tue 19 May 2026, 10:00` */
export const full = (at, zone) =>
  format(zone, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" })
    .format(at);

/** `2026-05-19`, to compare days. */
const civil = (at, zone) => {
  const part = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at).map((p) => [p.type, p.value]),
  );
  return `${part.year}-${part.month}-${part.day}`;
};

/** `today`, `yesterday`, `tomorrow`, or nothing. */
export function near(at, now, zone) {
  const days = Math.round((Date.parse(civil(at, zone)) - Date.parse(civil(now, zone))) / 86_400_000);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days];
}

const TOKENS = {
  date_num: (at, zone) => civil(at, zone),
  date: (at, zone) => format(zone, { day: "numeric", month: "long", year: "numeric" }).format(at),
  date_short: (at, zone) => format(zone, { day: "numeric", month: "short", year: "numeric" }).format(at),
  date_long: (at, zone) =>
    format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at),
  day_divider: day,
  time: clock,
  time_secs: (at, zone) => format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(at),
};

/** What stands for Slack's `<!date^seconds^format|fallback>`. */
export function token(seconds, words, now, zone) {
  const at = new Date(Number(seconds) * 1000);
  return words.replace(/\{(\w+)\}/g, (whole, name) => {
    const pretty = name.endsWith("_pretty");
    const draw = TOKENS[pretty ? name.slice(0, -7) : name];
    if (!draw) return whole;
    return (pretty && near(at, now, zone)) || draw(at, zone);
  });
}
