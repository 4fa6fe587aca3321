import FXCore
import FXDaemon
import FXServer
import FXSystem

/// One source: its polls, its calendar, its latest publications, and the rates of the last one.
struct SourcePage {
  /// The most publications that are listed, and that the calendar of a month is drawn from.
  private static let mostPublications: Int64 = 20
  private static let mostOfMonth: Int64 = 40

  /// The most rates that are listed.
  private static let mostRates = 500

  /// The expected publications that are listed.
  private static let nextPublications = 5

  private let source: PlannedSource
  private let polls: EngineSnapshot.Source?
  private let publications: [Publication]
  private let rates: [LatestRate]
  private let now: Timestamp
  private let canWrite: Bool

  /// The page of a call's source.
  init(_ call: RouteCall) async throws(WebFailure) {
    _ = try Query(call, [])
    let name = call.values[0]
    guard let source = call.source.setup.plan.sources.first(where: { $0.name.text == name }) else {
      throw .notFound("no source \(name.quoted)")
    }
    self.source = source
    now = call.source.now
    canWrite = call.source.settings.writeToken != nil
    polls = await call.source.daemon.status().engine?.sources.first { $0.name == source.name }
    rates = try call.source.latestRates().filter { $0.series.source == source.name }
    publications = try call.source.stored { reader throws(StoreProblem) in
      let latest = try reader.sources()[source.name]?.latestPublication ?? 0
      var found: [Publication] = []
      for number in (latest - Self.mostOfMonth + 1...latest).reversed() {
        guard let publication = try reader.publication(number, of: source.name) else { break }
        found.append(publication)
      }
      return found
    }
  }

  var response: WebResponse {
    Page(title: "Source \(source.name.text)", current: .sources) { markup in
      state(&markup)
      if canWrite {
        markup.element(
          "form", ["method": "post", "action": "/sources/\(Paging.escaped(source.name.text))/poll"]
        ) { $0.element("button", text: "Poll now") }
      }
      if let calendar = source.schedule.calendar { month(calendar, &markup) }
      results(&markup)
      latest(&markup)
    }.response
  }

  // MARK: Polls

  private func state(_ markup: inout Markup) {
    markup.element("dl") { list in
      func entry(_ name: String, _ content: (inout Markup) -> Void) {
        list.element("dt", text: name)
        list.element("dd", content: content)
      }
      entry("Schedule") { $0.text(schedule) }
      if let polls {
        entry("State") { $0.badge(polls.state == .new ? "not asked yet" : polls.state.rawValue) }
        entry("Next poll") { $0.time(polls.nextPoll, or: "now") }
        entry("Last poll") { $0.time(polls.lastAttempt) }
        entry("Last success") { $0.time(polls.lastSuccess) }
        if polls.failures > 0 {
          entry("Failed polls") { $0.text("\(polls.failures) in a row") }
          if let since = polls.failingSince { entry("Failing since") { $0.time(since) } }
          entry("Failure") { $0.text(polls.failureReason ?? "") }
        }
        if let since = polls.lateSince { entry("Overdue since") { $0.time(since) } }
      }
      if !expected.isEmpty {
        entry("Next publications") { items in
          items.element("ul") { list in
            for instant in expected { list.element("li") { $0.time(instant) } }
          }
        }
      }
    }
  }

  private var schedule: String {
    switch source.schedule {
    case .interval(let every): "polled every \(DurationText.text(every)), ± 10 %"
    case .calendar(let calendar): "publishes at \(Self.time(of: calendar)) (\(calendar.zone))"
    }
  }

  /// The local time of publication, `16:00`.
  private static func time(of calendar: PublicationCalendar) -> String {
    let parts = [calendar.minuteOfDay / 60, calendar.minuteOfDay % 60]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  /// The instants of the next publications by the calendar.
  private var expected: [Timestamp] {
    guard let calendar = source.schedule.calendar else { return [] }
    var instants: [Timestamp] = []
    while instants.count < Self.nextPublications,
      let next = calendar.nextExpected(after: instants.last ?? now, zones: SystemZones())
    {
      instants.append(next)
    }
    return instants
  }

  // MARK: Calendar

  private func month(_ calendar: PublicationCalendar, _ markup: inout Markup) {
    let month = SourceMonth(calendar, publications, zones: SystemZones(), now: now)
    markup.element("h2", text: "Calendar")
    markup.table(
      caption: "Publications in \(month.title)",
      columns: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], isEmpty: false, ifEmpty: ""
    ) { rows in
      for week in month.weeks {
        rows.element("tr") { row in
          for day in week {
            row.element("td") { cell in
              guard let day else { return }
              cell.element(
                "time",
                ["datetime": "\(day.date)", "aria-current": day.isToday ? "date" : nil],
                text: "\(day.date.civil.day)")
              cell.text(" ")
              cell.badge(day.state.rawValue)
            }
          }
        }
      }
    }
  }

  // MARK: Results

  private func results(_ markup: inout Markup) {
    let shown = publications.prefix(Int(Self.mostPublications))
    markup.element("h2", text: "Last publications")
    markup.table(
      caption: "The last \(shown.count) publications, the newest first",
      columns: [">Number", "Value date", "First seen", "Last seen", "Body"],
      isEmpty: shown.isEmpty, ifEmpty: "No publication is stored yet."
    ) { rows in
      for publication in shown {
        rows.element("tr") { row in
          row.element("td", ["class": "number"], text: "\(publication.number)")
          row.element("td", text: publication.valueDate?.description ?? "")
          row.element("td") { $0.time(publication.firstSeen) }
          row.element("td") { $0.time(publication.lastSeen) }
          row.element("td") { $0.element("code", text: publication.bodyHash) }
        }
      }
    }
  }

  private func latest(_ markup: inout Markup) {
    let shown = rates.prefix(Self.mostRates)
    markup.element("h2", text: "Rates")
    markup.table(
      caption: "\(shown.count) of \(rates.count) series",
      columns: ["Pair", "Side", ">Printed", ">For", "Value date", "First seen", "State"],
      isEmpty: shown.isEmpty, ifEmpty: "No rate is stored yet."
    ) { rows in
      for rate in shown {
        rows.element("tr") { row in
          row.element("td") { $0.link(pair: rate.series.pair, source: rate.series.source) }
          row.element("td", text: rate.series.side.rawValue)
          row.element(
            "td", ["class": "number"], text: rate.point.rate.printed.description)
          row.element("td", ["class": "number"], text: "\(rate.point.rate.nominal)")
          row.element("td", text: rate.point.valueDate?.description ?? "")
          row.element("td") { $0.time(rate.point.firstSeen) }
          row.element("td") { cell in
            cell.badge(
              rate.suspicion != nil ? "suspect" : rate.isListed ? "ok" : "stale, not listed")
          }
        }
      }
    }
  }
}
