// Relative times beside absolute ones, and the content of the page again when something was committed.
(() => {
  "use strict";
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const words = new Intl.RelativeTimeFormat("en", {numeric: "auto"});
  const relative = (time) => {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    if (!Number.isFinite(seconds)) return;
    const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) || units[3];
    time.title = words.format(Math.round(seconds / size), unit) + " (" + time.dateTime + ")";
  };
  const refreshTimes = () => document.querySelectorAll("time").forEach(relative);
  refreshTimes();
  setInterval(refreshTimes, 15000);

  const main = document.getElementById("content");
  if (!main || main.dataset.live === undefined || document.querySelector("form.entry")) return;
  let tag = null, isBusy = false, isDue = false;
  const renew = async () => {
    if (isBusy) { isDue = true; return; }
    isBusy = true;
    try {
      const answer = await fetch(location.href, {headers: tag ? {"If-None-Match": tag} : {}});
      if (answer.status === 200) {
        tag = answer.headers.get("ETag");
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("content");
        const active = document.activeElement;
        // A field with focus or changes keeps its content.
        if (fresh && (active === main || !main.contains(active))) {
          main.replaceChildren(...fresh.childNodes);
          document.title = page.title;
          const icon = page.querySelector("link[rel=icon]");
          if (icon) document.querySelector("link[rel=icon]").href = icon.getAttribute("href");
          refreshTimes();
        }
      }
    } catch { /* The next commit renews it. */ }
    isBusy = false;
    if (isDue) { isDue = false; setTimeout(renew, 500); }
  };

  // A hidden page holds no connection: a browser has few for each server.
  let events = null;
  const follow = () => {
    if (document.hidden) {
      if (events) events.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/api/v1/events");
      events.addEventListener("commit", renew);
      events.onopen = renew;
    }
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
