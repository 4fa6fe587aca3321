"""The pages in Chromium: axe, a walk by keyboard, live updates, and pictures of them."""

import os
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from served import TOKEN

VIEWS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "forced colours": {"forced_colors": "active"},
    "script off": {"java_script_enabled": False},
}


def pages(site):
    alert = site.json("/api/v1/alerts?all=true")[0]["alert_id"]
    return {
        "overview": "/", "pair": "/pairs/EUR/USD?range=all", "alert": f"/alerts/{alert}", "rules": "/rules",
        "rule": "/rules/move", "sources": "/sources", "source": "/sources/" + site.json("/api/v1/sources")[0]["source"],
        "deliveries": "/deliveries", "silences": "/silences",
    }


def check(site, pictures, short):
    """Every page has no violation of WCAG in any view, and is not wider than a narrow window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            for view, options in VIEWS.items():
                context = browser.new_context(**options, extra_http_headers={})
                for name, path in pages(site).items():
                    visit(context, site, view, name, path, pictures)
                context.close()
            walk(browser, site)
            live(browser, site)
        finally:
            browser.close()


def visit(context, site, view, name, path, pictures):
    page = context.new_page()
    problems = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    # A stream of events never lets the network become idle.
    answer = page.goto(site.url + path, wait_until="load")
    assert answer.status == 200, f"{path}: {answer.status}"
    if view != "script off":
        results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
        assert results.violations_count == 0, f"{name}, {view}:\n{results.generate_report()}"
        if view == "narrow":
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 320, f"{name} is {width} px wide in a window of 320"
    else:
        assert page.locator("h1").count() == 1
    if pictures:
        page.screenshot(path=os.path.join(pictures, f"{name}-{view.replace(' ', '-')}.png"), full_page=True)
    assert not problems, f"{name}, {view}: {problems}"
    page.close()


def walk(browser, site):
    """Every link, field and button of a page is reached with the Tab key, and shows it."""
    page = browser.new_context().new_page()
    for path in ["/", "/pairs/EUR/USD", "/silences"]:
        page.goto(site.url + path, wait_until="load")
        count = page.evaluate("document.querySelectorAll('a[href], button, input:not([type=hidden]), select, [tabindex=\"0\"]').length")
        reached = set()
        for _ in range(count + 10):
            page.keyboard.press("Tab")
            place, is_shown = page.evaluate("""() => {
              const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, [tabindex="0"]')];
              const active = document.activeElement;
              // The button of a date field is a part of it, and shows the focus itself.
              const isShown = active.type === "date" || getComputedStyle(active).outlineStyle !== "none";
              return [all.indexOf(active), isShown];
            }""")
            if place >= 0:
                assert is_shown, f"{path}: the focus of element {place} is invisible"
                reached.add(place)
        assert len(reached) == count, f"{path}: {len(reached)} of {count} reached by Tab"
    page.context.close()


def live(browser, site):
    """A page shows a new rate within a second of the webhook about it."""
    page = browser.new_context().new_page()
    page.goto(site.url + "/?q=X", wait_until="load")
    page.wait_for_timeout(500)
    text = f"{site.moving[site.moves[-1]] * 1.1:.5f}"
    site.tick()
    sent = time.monotonic()
    page.wait_for_function("text => document.body.innerText.includes(text)", arg=text, timeout=5000)
    late = time.monotonic() - sent
    assert late < 1, f"the page changed {late:.2f} s after the webhook"
    page.context.close()


def writes(site):
    """The page adds and ends a silence with the token as a password."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(http_credentials={"username": "ops", "password": TOKEN}).new_page()
        page.goto(site.url + "/silences")
        page.get_by_label("Matches").fill("rule=high")
        page.get_by_label("Author").fill("ops")
        page.get_by_label("Reason").fill("<b>known</b>")
        page.get_by_role("button", name="Add silence").click()
        page.get_by_text("<b>known</b>").wait_for()
        page.get_by_role("button", name="End silence").click()
        page.get_by_text("There is no current silence").wait_for()
        browser.close()
