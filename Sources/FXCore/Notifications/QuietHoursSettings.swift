extension QuietHours {
  /// Reads one entry of `quiet` in the config; nil, with every problem reported, if it is invalid.
  package static func read(
    name: String, from section: SettingsSection, notifiers: DefinedNames, zones: any Zones
  ) -> QuietHours? {
    let zone = section.zone(
      "zone", among: zones,
      because: "the hours are local times; give an IANA time zone, for example zone: Asia/Bishkek")
    let from = section.timeOfDay("from")
    let to = section.timeOfDay("to", upTo: 1440)
    let days = section.weekdays("days") ?? Set(1...7)
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
}
