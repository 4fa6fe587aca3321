package import FXCore

extension SourceDefinition {
  /// A request for a part of a publisher's archive.
  package struct ArchiveRequest: Sendable {
    /// The first and the last day of the part.
    package let days: ClosedRange<CalendarDay>

    package let request: HTTPRequest
  }

  /// The most requests of one archive.
  package static let mostArchiveRequests = 5000

  /// Returns the requests for the days of a range in the publisher's archive, the newest first; nil if the
  /// source has no archive that is known.
  ///
  /// An address of rates with a placeholder of the day is an archive, too: of each day that the calendar
  /// has. Throws if a secret cannot be read.
  package func archiveRequests(
    of range: ClosedRange<CalendarDay>, zones: any Zones, secrets: any Secrets
  ) throws(SecretProblem) -> [ArchiveRequest]? {
    let archive = presetName.flatMap { PresetCatalog.preset(named: $0) }?.archive
    guard archive != nil || variants.isEmpty && first == nil && url.contains("{day:") else {
      return nil
    }
    let length = max(1, archive?.days ?? 1)
    var requests: [ArchiveRequest] = []
    var last = range.upperBound
    while last >= range.lowerBound, requests.count < Self.mostArchiveRequests {
      let start = max(range.lowerBound, last.advanced(by: 1 - length))
      let prints = length > 1 || schedule.calendar?.prints(on: last) ?? true
      if prints {
        var part = self
        if let archive { part.url = archive.url(from: start, to: last) }
        // Noon in the publisher's zone is on the day everywhere.
        let noon = last.start + .seconds(43_200)
        var request = try part.request(at: noon, zones: zones, secrets: secrets)
        if archive != nil { request.maximumBodyBytes = ArchiveLimits.maximumBytes }
        requests.append(ArchiveRequest(days: start...last, request: request))
      }
      last = start.advanced(by: -1)
    }
    return requests
  }
}

extension ArchiveAddress {
  /// Returns the address of a range of days.
  func url(from first: CalendarDay, to last: CalendarDay) -> String {
    var text = url[...]
    var filled = ""
    while let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") {
      filled += text[..<open]
      let words = text[text.index(after: open)..<close].split(separator: ":", maxSplits: 1)
      if words.count == 2, let format = DateFormat(piece: String(words[1])) {
        filled += format.text(of: words[0] == "to" ? last : first)
      } else {
        filled += text[open...close]
      }
      text = text[close...].dropFirst()
    }
    return filled + text
  }
}
