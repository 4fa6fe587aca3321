extension QuietHours {
  private enum Weekday: String, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun
  }

  /// Reads one entry of `quiet` in the config; nil, with every problem reported, if it is invalid.
  package static func read(
    name: String, from section: SettingsSection, notifiers: DefinedNames, zones: any Zones,
    now: Timestamp
  ) -> QuietHours? {
    let zone = section.requiredString(
      "zone",
      because: "the hours are local times; give an IANA time zone, for example zone: Asia/Bishkek")
    if let zone, zones.offset(ofZone: zone, at: now) == nil {
      section.problem(
        "zone", "\(zone.quoted) is not an IANA time zone; expected one such as Asia/Bishkek or UTC")
    }
    let from = time("from", in: section, upTo: 1439)
    let to = time("to", in: section, upTo: 1440)
    let days = self.days(in: section)
    let pass = section.choice("pass", Severity.self)
    let notify = Rule.names("notify", of: "notifier", among: notifiers, in: section)
    section.finish()
    guard let zone, let from, let to else { return nil }
    if from == to || (from == 0 && to == 1440 && days.count == 7) {
      section.problem("to", "these hours never end, so that nothing would be sent; shorten them")
    }
    return QuietHours(
      name: name, zone: zone, from: from, to: to, days: days, pass: pass, notify: notify)
  }

  /// Reads a time of day as minutes after midnight.
  private static func time(
    _ key: String, in section: SettingsSection, upTo last: Int
  ) -> Int? {
    guard
      section.requiredString(key, because: "write a time of day, for example \(key): \"22:00\"")
        != nil
    else { return nil }
    return section.value(key, expected: "a time of day; write it in quotes like \"22:00\"") {
      text in
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
        let minute = Int(parts[1]), hour >= 0, (0..<60).contains(minute),
        hour * 60 + minute <= last
      else { return nil }
      return hour * 60 + minute
    }
  }

  private static func days(in section: SettingsSection) -> Set<Int> {
    guard let listed = section.strings("days") else { return Set(1...7) }
    if listed.isEmpty {
      section.problem("days", "the list is empty; leave 'days' out for every day")
    }
    let words = Weekday.allCases.map(\.rawValue)
    var days: Set<Int> = []
    for (text, mark) in listed {
      if let index = words.firstIndex(of: text) {
        days.insert(index + 1)
      } else {
        section.problem(
          "days", at: mark,
          "\(text.quoted) is not one of \(words.joined(separator: ", "))"
            + NearestName.suggestion(for: text, among: words))
      }
    }
    return days
  }
}
