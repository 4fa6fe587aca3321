extension SettingsSection {
  /// Reads a required time of day as minutes after midnight, at most `last`; nil if it is missing or
  /// wrong, which is reported.
  package func timeOfDay(_ key: String, upTo last: Int = 1439) -> Int? {
    guard
      requiredString(key, because: "write a time of day, for example \(key): \"22:00\"") != nil
    else { return nil }
    return value(key, expected: "a time of day; write it in quotes like \"22:00\"") { text in
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
        let minute = Int(parts[1]), hour >= 0, (0..<60).contains(minute),
        hour * 60 + minute <= last
      else { return nil }
      return hour * 60 + minute
    }
  }

  /// Reads a list of days of the week, such as `[mon, tue]`, as ISO numbers: Monday is 1, Sunday is 7.
  ///
  /// Returns nil if the key is absent; an empty list and unknown words are reported.
  package func weekdays(_ key: String) -> Set<Int>? {
    guard let listed = strings(key) else { return nil }
    if listed.isEmpty {
      problem(key, "the list is empty; leave '\(key)' out for the usual days")
    }
    let words = Weekday.allCases.map(\.rawValue)
    var days: Set<Int> = []
    for (text, mark) in listed {
      if let day = Weekday(rawValue: text) {
        days.insert(day.number)
      } else {
        problem(
          key, at: mark,
          "\(text.quoted) is not one of \(words.joined(separator: ", "))"
            + NearestName.suggestion(for: text, among: words))
      }
    }
    return days
  }

  /// Reads a required IANA time zone; `reason` is the end of the message if it is missing.
  package func zone(_ key: String, among zones: any Zones, because reason: String) -> String? {
    guard let zone = requiredString(key, because: reason) else { return nil }
    guard zones.offset(ofZone: zone, at: Timestamp(seconds: 0)) != nil else {
      problem(
        key, "\(zone.quoted) is not an IANA time zone; expected one such as Asia/Bishkek or UTC")
      return nil
    }
    return zone
  }
}
