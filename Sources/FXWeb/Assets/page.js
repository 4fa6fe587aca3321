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
  if (!main || document.querySelector("form.entry")) return;
  let tag = null;
  const renew = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, {headers: tag ? {"If-None-Match": tag} : {}});
      if (answer.status !== 200) return;
      const isFirst = tag === null;
      tag = answer.headers.get("ETag");
      if (isFirst) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("content");
      if (!fresh || main.contains(document.activeElement) && document.activeElement !== main) return;
      main.replaceChildren(...fresh.childNodes);
      document.title = page.title;
      refreshTimes();
    } catch { /* The next attempt follows. */ }
  };
  renew();
  setInterval(renew, 5000);
})();
