package import FXCore

/// What the date beside a source's rates means.
package enum Dating: Hashable, Sendable {
  /// It is the rates' own day: another figure for a day already seen is a revision.
  case fixing
  /// It is only the page's day: figures move within it, and without it.
  case pageDay
}

/// A publisher fxwatch knows by name: all that is needed to fetch its rates and read them.
package struct SourcePreset: Sendable {
  /// What users write in `preset:`.
  package let name: String

  /// Who publishes the rates, in English.
  package let publisher: String

  /// Where they are published.
  package let url: String

  /// When asking is worth it.
  package let schedule: SourceSchedule

  /// Understands the bodies.
  package let reader: any SourceReader

  /// What the date beside the rates means.
  package let dating: Dating

  /// With how many decimals every figure is printed; nil where that differs by pair.
  package let declaredScale: Int?

  /// The pairs whose scale is another one.
  package var scales: [CurrencyPair: Int] = [:]

  /// The decimals of the rates the publisher computes its change figures on; nil for those it
  /// prints.
  package var changeScale: Int?

  /// What is sent as `Accept`.
  package let accept: String

  /// What the publisher asks of those who use its rates, or what users should know, in a sentence.
  package let terms: String

  /// Pairs with a figure as typically printed: what `check` judges thresholds by before there is
  /// any history.
  package let examples: [CurrencyPair: Rate]
}

extension [CurrencyPair: Rate] {
  /// Examples as the presets state them: `["USD/KGS": "87.4500", "JPY/CZK": "13.054 per 100"]`.
  init(stated: KeyValuePairs<String, String>) {
    self.init()
    for (pair, text) in stated {
      let words = text.split(separator: " ")
      let nominal = words.count == 3 ? Int64(words[2]) : 1
      if let pair = CurrencyPair(pair), let figure = words.first.flatMap({ ExactDecimal($0) }),
        let nominal
      {
        self[pair] = Rate(printed: figure, nominal: nominal)
      }
    }
  }
}

extension Currency {
  /// A code that a preset states.
  ///
  /// Precondition: three capital letters.
  static func stated(_ code: StaticString) -> Currency {
    guard let currency = Currency(code.description) else {
      preconditionFailure("\(code) is no currency code")
    }
    return currency
  }
}
