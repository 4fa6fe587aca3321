"""Existing clients of the APIs that fxwatch answers."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import feedparser
import icalendar

from served import TOKEN, free_port


def run(*arguments, input=None, env=None, patience=120, folder=None):
    result = subprocess.run(
        arguments, capture_output=True, text=True, timeout=patience, input=input, env={**os.environ, **(env or {})},
        cwd=folder)
    if result.returncode != 0:
        raise AssertionError(f"{' '.join(arguments)}: {result.returncode}\n{result.stdout}\n{result.stderr}")
    return result.stdout


def amtool(site):
    """amtool queries alerts, and adds, updates, lists and expires a silence."""
    http = os.path.join(site.directory, "http.yaml")
    site.write("http.yaml", f"authorization: {{credentials: {TOKEN}}}\n")
    base = ["amtool", f"--alertmanager.url={site.url}/alertmanager", f"--http.config.file={http}"]
    assert "high" in run(*base, "alert", "query"), "no alert"
    assert "high" in run(*base, "alert", "query", "alertname=high")
    assert "high" not in run(*base, "alert", "query", "alertname=other")
    added = run(
        *base, "silence", "add", "alertname=high", "pair=EUR/USD", "--comment=known", "--author=ops",
        "--duration=2h").strip()
    assert added in run(*base, "silence", "query")
    updated = run(*base, "silence", "update", added, "--duration=3h", "--comment=still", "-o", "json")
    current = json.loads(updated)[0]["id"]
    assert current != added and current in run(*base, "silence", "query", "-q")
    run(*base, "silence", "expire", current)
    assert run(*base, "silence", "query", "-q").strip() == ""


def promtool_metrics(site):
    """promtool finds nothing wrong with the metrics."""
    for accept in ["text/plain", "application/openmetrics-text;version=1.0.0"]:
        _, _, body = site.ask("/metrics", headers={"Accept": accept})
        if accept == "text/plain":
            assert run("promtool", "check", "metrics", input=body.decode()) == ""
        else:
            assert body.endswith(b"# EOF\n")


def promtool_blocks(site):
    """promtool makes blocks of a history in OpenMetrics."""
    path = os.path.join(site.directory, "history.om")
    with open(path, "w", encoding="utf-8") as file:
        file.write(site.run("history", "EUR/USD", "--since", site.before(20), "--format", "openmetrics"))
    blocks = os.path.join(site.directory, "blocks")
    run("promtool", "tsdb", "create-blocks-from", "openmetrics", path, blocks)
    assert os.listdir(blocks), "no block"


def prometheus(site):
    """A Prometheus that reads from fxwatch counts the changes that were imported."""
    port = free_port()
    site.write("prometheus.yml", f"remote_read: [{{url: '{site.url}/prometheus/api/v1/read', read_recent: true}}]\n")
    data = os.path.join(site.directory, "prometheus")
    log = open(os.path.join(site.directory, "prometheus.log"), "wb")
    process = subprocess.Popen(
        ["prometheus", f"--config.file={site.directory}/prometheus.yml", f"--storage.tsdb.path={data}",
         f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)
    try:
        def ask(query, at):
            parameters = urllib.parse.urlencode({"query": query, "time": at})
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/query?{parameters}", timeout=30) as answer:
                return json.load(answer)["data"]["result"]

        site.until("Prometheus", lambda: ask("1", 0) is not None)
        end = site.before(1) + "T00:00:00Z"
        for code, count in site.changes.items():
            result = ask(f'changes(fxwatch_rate{{source="ecb", quote="{code}"}}[400d])', end)
            assert result and float(result[0]["value"][1]) == count, f"{code}: {result}, not {count}"
        both = ask('count(max_over_time(fxwatch_rate{source="ecb", quote=~"USD|JP.*"}[400d]))', end)
        assert both[0]["value"][1] == "2", both
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def prometheus_api_client(site):
    """prometheus-api-client connects, lists metrics, and reads a value and a range."""
    from datetime import datetime, timedelta
    from prometheus_api_client import PrometheusConnect

    client = PrometheusConnect(url=site.url + "/prometheus")
    assert client.check_prometheus_connection()
    assert client.all_metrics() == ["fxwatch_rate"]
    value = client.get_current_metric_value("fxwatch_rate", label_config={"quote": "JPY", "source": "ecb"})
    assert value[0]["value"][1] == str(site.rates["JPY"]), value
    now = datetime.now()
    rows = client.custom_query_range('fxwatch_rate{quote="JPY", source="ecb"}', now - timedelta(days=300), now, "86400")
    assert len(rows) == 1 and len(rows[0]["values"]) > 200, rows


def frankfurter(site):
    """The PyPI package frankfurter reads the latest rates, a day and a period."""
    import frankfurter.engine as engine

    engine.BASE_URL = "front"
    plain = urllib.request.urlopen

    def over_plain_http(request, *rest, **named):
        # The package has https and its server's name built in; TLS is a reverse proxy's work.
        url = request.full_url.replace("https://front/", site.url + "/frankfurter/v1/")
        return plain(urllib.request.Request(url, headers=dict(request.header_items())), *rest, **named)

    engine.urlopen = over_plain_http
    client = engine.FrankfurterEngine()
    latest = client.fetch_latest_data(base="EUR", symbols="USD,JPY")
    assert latest["rates"]["JPY"] == float(site.rates["JPY"]) and latest["date"] == site.day, latest
    series = client.fetch_time_series_data(base="EUR", symbols="USD", start_date=site.before(100), end_date=site.before(91))
    assert len(series["rates"]) == 10, series


def beanprice(site):
    """beanprice reads a day's rate through its source ratesapi."""
    from datetime import datetime, timezone
    from beanprice.sources import ratesapi

    plain = ratesapi.requests.get

    def over_plain_http(url="", params=None, **rest):
        day = url.split("?")[0].rstrip("/").rsplit("/", 1)[1]
        return plain(f"{site.url}/frankfurter/v1/{day}", params=params, **rest)

    ratesapi.requests.get = over_plain_http
    price = ratesapi.Source().get_historical_price("EUR-USD", datetime.fromisoformat(site.before(100)).replace(tzinfo=timezone.utc))
    expected = site.json(f"/frankfurter/v1/{site.before(100)}?symbols=USD")["rates"]["USD"]
    assert float(price.price) == expected, (price, expected)


def feeds(site):
    """feedparser and icalendar read the feeds; a feed that is known is not sent again."""
    feed = feedparser.parse(site.url + "/feeds/alerts.atom")
    assert feed.bozo == 0 and feed.version == "atom10" and len(feed.entries) >= 1, feed
    again = feedparser.parse(site.url + "/feeds/alerts.atom", etag=feed.etag)
    assert again.status == 304, again
    calendar = icalendar.Calendar.from_ical(site.text("/feeds/calendar.ics"))
    titles = {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert {"calendar publishes", "Quiet hours: night"} <= titles, titles


def badges(site):
    """Badges are JSON of shields.io and SVG."""
    badge = site.json("/badges/EUR/USD/rate.json")
    assert badge["schemaVersion"] == 1 and badge["message"] == str(site.rates["USD"]), badge
    assert re.match(r"<\?xml.*<svg", site.text("/badges/state.svg"), re.S)


def api(site, short):
    """schemathesis finds no request that the API answers against its description."""
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", site.url + "/openapi.json",
        "--no-color", "--max-examples", "5" if short else "40", "--workers", "1", "--phases", "examples,coverage,fuzzing",
        "--exclude-path", "/api/v1/events", "--exclude-path", "/api/v1/reload",
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
    ]
    run(*command, patience=900, folder=site.directory)


def live(site):
    """A stream has the commit and the alert within a second of the webhook."""
    stream = urllib.request.urlopen(site.url + "/api/v1/events", timeout=30)
    assert stream.readline().startswith(b"retry:")
    site.tick()
    sent = time.monotonic()
    while not stream.readline().startswith(b"event: alert.firing"):
        pass
    assert time.monotonic() - sent < 1, f"{time.monotonic() - sent:.2f} s after the webhook"
    stream.close()


ALL = [
    live, promtool_metrics, promtool_blocks, amtool, prometheus, prometheus_api_client, frankfurter, beanprice, feeds,
    badges,
]
