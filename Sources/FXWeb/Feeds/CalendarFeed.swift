import FXCore
import FXDaemon
import FXServer
import FXSystem

/// The publications that are due, quiet hours and silences, as iCalendar (RFC 5545).
struct CalendarFeed {
  /// The days ahead.
  private static let days = 31

  /// The most publications of a source.
  private static let mostOfSource = 100

  /// The time that a publication takes in a calendar.
  private static let publicationTime: Duration = .seconds(900)

  private struct Entry {
    let id: String
    let title: String
    let start: Timestamp
    let end: Timestamp
  }

  private let entries: [Entry]
  private let now: Timestamp

  init(_ call: RouteCall) throws(WebFailure) {
    _ = try Query(call, [])
    let now = call.source.now
    self.now = now
    let setup = call.source.setup
    let silences = try call.source.stored { reader throws(StoreProblem) in
      try reader.suppressions(at: now).silences
    }
    entries =
      setup.plan.sources.flatMap { Self.publications(of: $0, from: now) }
      + setup.quiet.flatMap { Self.occurrences(of: $0, from: now) }
      + silences.map { silence in
        Entry(
          id: "silence-\(silence.id)",
          title: "Silence: \(silence.matchers.map(\.description).joined(separator: " "))"
            + " (\(silence.author): \(silence.reason))",
          start: silence.created, end: silence.until)
      }
  }

  private static func publications(of source: PlannedSource, from now: Timestamp) -> [Entry] {
    guard let calendar = source.schedule.calendar else { return [] }
    let zones = SystemZones()
    let end = now + .seconds(days * 86_400)
    var entries: [Entry] = []
    var instant = now
    while entries.count < mostOfSource,
      let next = calendar.nextExpected(after: instant, zones: zones), next < end
    {
      entries.append(
        Entry(
          id: "publication-\(source.name.text)-\(next.milliseconds / 1000)",
          title: "\(source.name.text) publishes", start: next, end: next + publicationTime))
      instant = next
    }
    return entries
  }

  private static func occurrences(of quiet: QuietHours, from now: Timestamp) -> [Entry] {
    (0..<days).compactMap { offset in
      let day = now.day.advanced(by: offset)
      guard quiet.days.contains(day.weekday),
        let shift = SystemZones().offset(ofZone: quiet.zone, at: day.start)
      else { return nil }
      let midnight = day.start - .seconds(shift)
      let length = quiet.to > quiet.from ? quiet.to - quiet.from : quiet.to + 1440 - quiet.from
      let start = midnight + .seconds(quiet.from * 60)
      return Entry(
        id: "quiet-\(quiet.name)-\(day)", title: "Quiet hours: \(quiet.name)", start: start,
        end: start + .seconds(length * 60))
    }
  }

  var response: WebResponse {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fxwatch//fxwatch//EN", "CALSCALE:GREGORIAN",
      "X-WR-CALNAME:fxwatch",
    ]
    for entry in entries.sorted(by: { ($0.start, $0.id) < ($1.start, $1.id) }) {
      lines += [
        "BEGIN:VEVENT", "UID:\(Self.text(entry.id))@fxwatch", "DTSTAMP:\(Self.time(now))",
        "DTSTART:\(Self.time(entry.start))", "DTEND:\(Self.time(entry.end))",
        "SUMMARY:\(Self.text(entry.title))", "TRANSP:TRANSPARENT", "END:VEVENT",
      ]
    }
    lines.append("END:VCALENDAR")
    return WebResponse(
      type: "text/calendar; charset=utf-8",
      body: lines.flatMap { Self.folded($0) + Array("\r\n".utf8) })
  }

  private static func time(_ instant: Timestamp) -> String {
    instant.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }

  private static func text(_ text: String) -> String {
    SanitizedText.line(text).replacing("\\", with: "\\\\").replacing(";", with: "\\;")
      .replacing(",", with: "\\,")
  }

  /// Lines have at most 75 bytes; longer ones continue after a space, between characters.
  private static func folded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var length = 0
    for scalar in line.unicodeScalars {
      let own = Array(String(scalar).utf8)
      if length + own.count > 74 {
        bytes += "\r\n ".utf8
        length = 1
      }
      bytes += own
      length += own.count
    }
    return bytes
  }
}
