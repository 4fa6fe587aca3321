package import FXCore

/// A built-in source: the address, schedule and format of one publisher's rates.
///
/// The many properties are the facts about a publisher, one for each.
package struct SourcePreset: Sendable {
  /// The value of `preset:` in the config.
  package let name: String

  /// The publisher's name in English.
  package let publisher: String

  /// The address of the rates.
  package let url: String

  /// The schedule of fetches.
  package let schedule: SourceSchedule

  /// The reader of the bodies.
  package let reader: any SourceReader

  /// The meaning of the date of the rates.
  package let dating: PlannedSource.Dating

  /// The number of decimals of every rate; nil if it differs by pair.
  package let declaredScale: Int?

  /// The number of decimals of pairs that differ from `declaredScale`.
  package var scales: [CurrencyPair: Int] = [:]

  /// The number of decimals of the rates from which the publisher computes the printed change; nil if
  /// they are the printed rates.
  package var changeScale: Int?

  /// The description of the format, if the reader was made of one.
  var description: PresetDescription?

  /// The parts of a request besides its address: `headers`, `body`, `first`, `each` and `max_body`, as in
  /// the config.
  var request: PresetSetting?

  /// The address of the publisher's archive; nil if it has none, or the address of the rates contains
  /// the day.
  var archive: ArchiveAddress?

  /// The kind of the rates.
  package var market = SourceMarket.official

  /// The value of the `Accept` header.
  package let accept: String

  /// The publisher's terms of use, or a note for users, in one sentence.
  package let terms: String

  /// Typical rates as printed, by pair; `check` compares thresholds with them before there is any
  /// history.
  package let examples: [CurrencyPair: Rate]
}

extension SourcePreset {
  /// Creates a preset whose format is described by the keys of the config.
  init(
    described description: PresetDescription, _ facts: Facts, schedule: SourceSchedule,
    dating: PlannedSource.Dating = .fixing, declaredScale: Int? = nil
  ) {
    self.init(
      name: facts.name, publisher: facts.publisher, url: facts.url, schedule: schedule,
      reader: description.reader, dating: dating, declaredScale: declaredScale,
      description: description, accept: facts.accept, terms: facts.terms,
      examples: .init(stated: facts.examples))
  }

  /// The facts about a publisher.
  struct Facts {
    let name: String
    let publisher: String
    let url: String
    var accept = "*/*"
    let terms: String
    let examples: KeyValuePairs<String, String>
  }
}

extension [CurrencyPair: Rate] {
  /// Parses examples such as `["USD/KGS": "87.4500", "JPY/CZK": "13.054 per 100"]`.
  init(stated: KeyValuePairs<String, String>) {
    self.init()
    for (pair, text) in stated {
      let words = text.split(separator: " ")
      let nominal = words.count == 3 ? Int64(words[2]) : 1
      if let pair = CurrencyPair(pair), let value = words.first.flatMap({ ExactDecimal($0) }),
        let nominal
      {
        self[pair] = Rate(printed: value, nominal: nominal)
      }
    }
  }
}

extension Currency {
  /// A code in the source of a preset.
  ///
  /// Precondition: three capital letters.
  static func stated(_ code: StaticString) -> Currency {
    guard let currency = Currency(code.description) else {
      preconditionFailure("\(code) is not a currency code")
    }
    return currency
  }
}
