// Keeps "12 min ago" true while the page is open. The words come from the page, so they are translated once.

const words = JSON.parse(document.querySelector("meta[name='afterward-words']")?.content ?? "null");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function length(span) {
  const minutes = Math.floor((span % HOUR) / MINUTE);
  const hours = Math.floor(span / HOUR);
  const days = Math.floor(span / DAY);
  if (span < HOUR) return fill(words.minutes, { minutes });
  if (span < DAY) return fill(minutes ? words.both : words.hours, { hours, minutes });
  return fill(days === 1 ? words.day : words.days, { days });
}

function age(then, now) {
  const span = Math.abs(now - then);
  if (span < MINUTE) return words.now;
  return fill(then <= now ? words.ago : words.ahead, { span: length(span) });
}

function refresh() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-age]")) {
    time.textContent = age(Date.parse(time.dateTime), now);
  }
}

if (words) {
  // Not at once: the server's clock is the better one, and it has just spoken.
  setInterval(refresh, MINUTE);
  addEventListener("pageshow", (event) => event.persisted && refresh());
}
