import FXCore
import FXServer

/// A page of HTML with the navigation that all have.
struct Page {
  /// The sections of the navigation.
  enum Section: String, CaseIterable {
    case overview, rules, sources, deliveries, silences

    var path: String { self == .overview ? "/" : "/\(rawValue)" }
    var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }

  private let title: String
  private let current: Section?
  private let content: (inout Markup) -> Void

  /// True if the script renews the page after each commit.
  private let isLive: Bool

  /// A page with a title, in a section of the navigation, and its content.
  init(
    title: String, current: Section?, isLive: Bool = true,
    content: @escaping (inout Markup) -> Void
  ) {
    self.title = title
    self.current = current
    self.isLive = isLive
    self.content = content
  }

  var response: WebResponse {
    var markup = Markup()
    markup.documentType()
    markup.element("html", ["lang": "en"]) { html in
      html.element("head") { writeHead(to: &$0) }
      html.element("body") { body in
        body.element("a", ["class": "skip", "href": "#content"], text: "Skip to the content")
        body.element("header") { writeNavigation(to: &$0) }
        body.element(
          "main", ["id": "content", "tabindex": "-1", "data-live": isLive ? "" : nil]
        ) { main in
          main.element("h1", text: title)
          content(&main)
        }
        body.element("footer") { Self.writeFooter(to: &$0) }
      }
    }
    return WebResponse(type: "text/html; charset=utf-8", body: markup.bytes)
  }

  private func writeHead(to head: inout Markup) {
    head.element("meta", ["charset": "utf-8"])
    head.element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    head.element("meta", ["name": "color-scheme", "content": "light dark"])
    head.element("title", text: "\(title) – fxwatch")
    head.element("link", ["rel": "stylesheet", "href": "/assets/style.css"])
    head.element("link", ["rel": "icon", "href": "/assets/icon.svg", "type": "image/svg+xml"])
    head.element(
      "link",
      [
        "rel": "alternate", "type": "application/atom+xml", "href": "/feeds/alerts.atom",
        "title": "Alerts",
      ])
    head.element("script", ["src": "/assets/page.js", "defer": ""])
  }

  private func writeNavigation(to header: inout Markup) {
    header.element("a", ["class": "brand", "href": "/"], text: "fxwatch")
    header.element("nav", ["aria-label": "Sections"]) { nav in
      nav.element("ul") { list in
        for section in Section.allCases {
          list.element("li") {
            $0.element(
              "a", ["href": section.path, "aria-current": section == current ? "page" : nil],
              text: section.title)
          }
        }
      }
    }
  }

  private static func writeFooter(to footer: inout Markup) {
    footer.element("p") { line in
      line.text("Times are in UTC. ")
      line.element("a", ["href": "/openapi.json"], text: "API")
      line.text(", ")
      line.element("a", ["href": "/feeds/alerts.atom"], text: "feed")
      line.text(", ")
      line.element("a", ["href": "/metrics"], text: "metrics")
    }
  }
}

extension Markup {
  /// Writes an instant for people, in UTC, and for programs.
  mutating func time(_ instant: Timestamp?, or absent: String = "never") {
    guard let instant else { return text(absent) }
    let whole = instant.description
    let short = whole.prefix(16).replacing("T", with: " ")
    element("time", ["datetime": whole, "title": whole], text: short + " UTC")
  }

  /// Writes a table; columns whose name begins with `>` are aligned on the right.
  mutating func table(
    caption: String, columns: [String], isEmpty: Bool, ifEmpty: String,
    rows: (inout Markup) -> Void
  ) {
    guard !isEmpty else { return element("p", ["class": "none"], text: ifEmpty) }
    element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) {
      $0.element("table") { table in
        table.element("caption", text: caption)
        table.element("thead") {
          $0.element("tr") { row in
            for column in columns {
              let isRight = column.hasPrefix(">")
              row.element(
                "th", ["scope": "col", "class": isRight ? "number" : nil],
                text: isRight ? String(column.dropFirst()) : column)
            }
          }
        }
        table.element("tbody", content: rows)
      }
    }
  }

  /// Writes lines of preformatted text.
  mutating func lines(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      self.text(String(line))
      lineBreak()
    }
  }

  /// Writes a state as a word with a shape of its own.
  mutating func badge(_ state: String) {
    element(
      "span", ["class": "state state-\(state.prefix { $0.isLetter })"], text: state)
  }

  /// Writes a link to a pair.
  mutating func link(pair: CurrencyPair, source: SourceName? = nil) {
    let query = source.map { "?source=\($0.text)" } ?? ""
    element(
      "a", ["href": "/pairs/\(pair.base.code)/\(pair.quote.code)\(query)"], text: pair.description)
  }
}
