extension PublicationCalendar {
  /// Reads `publishes` of a source in the config: time of day, zone, days of the week and holidays.
  ///
  /// Returns nil, with every problem reported, if it is invalid.
  package static func read(
    from section: SettingsSection, zones: any Zones
  ) -> PublicationCalendar? {
    let minute = section.timeOfDay("at")
    let zone = section.zone(
      "zone", among: zones,
      because: "the time is a local one; give an IANA time zone, for example zone: Europe/Prague")
    let weekdays = section.weekdays("days") ?? Set(1...5)
    let holidays = HolidayCalendar.read("holidays", from: section)
    section.finish()
    guard let minute, let zone, let holidays, !weekdays.isEmpty else { return nil }
    return PublicationCalendar(
      zone: zone, hour: minute / 60, minute: minute % 60, weekdays: weekdays, holidays: holidays)
  }
}

extension HolidayCalendar {
  /// The word for the calendar in a config, such as `hong-kong`.
  package var word: String {
    String(name.lowercased().map { $0 == " " ? "-" : $0 == "ü" ? "u" : $0 })
  }

  /// Reads a list of holidays: a calendar's word, days of every year such as `12-24`, and single days
  /// such as `2026-06-15`.
  ///
  /// Returns a calendar without holidays if the key is absent, and nil, with every problem reported, if
  /// an entry is invalid.
  static func read(_ key: String, from section: SettingsSection) -> HolidayCalendar? {
    var calendar = HolidayCalendar?.none
    var rules: [HolidayRule] = []
    var isValid = true
    for (text, mark) in section.strings(key) ?? [] {
      if let rule = HolidayRule(text: text) {
        rules.append(rule)
      } else if let named = all.first(where: { $0.word == text }), calendar == nil {
        calendar = named
      } else {
        isValid = false
        section.problem(key, at: mark, reason(against: text))
      }
    }
    guard isValid else { return nil }
    let named = calendar ?? .none
    return HolidayCalendar(
      name: named.name, rules: [named.rules, rules], substitution: named.substitution,
      tolerance: named.tolerance)
  }

  private static func reason(against text: String) -> String {
    let words = all.map(\.word)
    if words.contains(text) {
      return "\(text.quoted) is a second calendar; name one, and add days such as 12-24"
    }
    return "\(text.quoted) is neither a day such as 12-24 or 2026-12-24 nor one of"
      + " \(words.joined(separator: ", "))" + NearestName.suggestion(for: text, among: words)
  }
}

extension HolidayRule {
  /// Reads a day of every year such as `12-24`, or a single day such as `2026-06-15`.
  init?(text: String) {
    if let day = CalendarDay(text: text) {
      self = .once(day)
    } else if text.utf8.count == 5, let day = CalendarDay(text: "2000-\(text)") {
      self = .fixed(month: day.civil.month, day: day.civil.day)
    } else {
      return nil
    }
  }
}
