import FXCore
import FXSources

extension Report {
  /// Lists the presets that contain all words of a text, in any case; all for an empty text.
  package static func presets(matching text: String = "") -> Report {
    let words = text.lowercased().split(separator: " ")
    let presets = PresetCatalog.all.filter { preset in
      let content = preset.searchedText
      return words.allSatisfy { content.contains($0) }
    }
    return Report(
      columns: [
        Column(name: "preset"), Column(name: "publisher"), Column(name: "pairs"),
        Column(name: "kind"), Column(name: "schedule"), Column(name: "terms"),
      ],
      rows: presets.map {
        [$0.name, $0.publisher, $0.pairs, $0.market.rawValue, $0.schedule.sentence, $0.terms]
      },
      json: .array(
        presets.map { preset in
          .object([
            .init("preset", .string(preset.name)),
            .init("publisher", .string(preset.publisher)),
            .init("pairs", .string(preset.pairs)),
            .init("kind", .string(preset.market.rawValue)),
            .init("schedule", .string(preset.schedule.sentence)),
            .init("url", .string(preset.url)),
            .init("terms", .string(preset.terms)),
          ])
        }),
      ifEmpty: "no preset has these words")
  }
}

extension SourcePreset {
  /// The text that a search looks through, in small letters: with the pairs of its examples.
  fileprivate var searchedText: String {
    let names = examples.keys.map(\.description).joined(separator: " ")
    return [name, publisher, pairs, names, market.rawValue, schedule.sentence, terms, url]
      .joined(separator: " ").lowercased()
  }

  /// The direction of its pairs as `BASE/QUOTE`: `*/KGS`, or all pairs where they have no currency in
  /// common.
  fileprivate var pairs: String {
    let bases = Set(examples.keys.map(\.base))
    let quotes = Set(examples.keys.map(\.quote))
    if quotes.count == 1, let quote = quotes.first, bases.count > 1 { return "*/\(quote)" }
    if bases.count == 1, let base = bases.first { return "\(base)/*" }
    return examples.keys.sorted().map(\.description).joined(separator: " ")
  }
}

extension SourceSchedule {
  /// `Mon-Fri 16:00 Europe/Berlin`, or `every 15m`.
  fileprivate var sentence: String {
    switch self {
    case .interval(let every): return "every \(DurationText.text(every))"
    case .calendar(let calendar):
      let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
      let days = calendar.weekdays.sorted()
      let isRun = days.count > 1 && days == Array(days[0]...days[days.count - 1])
      let words =
        isRun
        ? "\(names[days[0] - 1])-\(names[days[days.count - 1] - 1])"
        : days.map { names[$0 - 1] }.joined(separator: ",")
      let (hour, minute) = (calendar.minuteOfDay / 60, calendar.minuteOfDay % 60)
      return "\(words) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
        + " \(calendar.zone)"
    }
  }
}
