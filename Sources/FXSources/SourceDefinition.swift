package import FXCore

/// A source: a preset or the user's own description, with the user's settings.
///
/// Two definitions are equal if they fetch and read in the same way; a reload keeps unchanged
/// sources. The many properties are the settings of a source, one for each.
package struct SourceDefinition: Sendable {
  /// The name in the config.
  package let name: SourceName

  /// The name of its preset; nil for the user's own description.
  package var presetName: String?

  /// The publisher of the rates, if it is a preset.
  package var publisher: String?

  /// The publisher's terms of use, if it is a preset.
  package var terms: String?

  /// The absolute http or https address.
  package var url: String

  /// The host of the address, in lower case.
  package var host: String { WebAddress(url)?.host ?? url }

  /// The server of the address: its host and port.
  package var server: String { WebAddress(url).map { "\($0.host):\($0.port)" } ?? url }

  /// The headers of each request.
  package var headers: [HTTPHeader]

  /// The schedule of fetches.
  package var schedule: SourceSchedule

  /// The limit on the duration of one transfer.
  package var timeout: Duration

  /// True if private IP addresses are allowed.
  package var allowPrivate: Bool

  /// Other hosts to which redirects are allowed.
  package var redirectHosts: Set<String>

  /// The reader of the bodies.
  package var reader: any SourceReader

  /// The meaning of the date of the rates.
  package var dating: PlannedSource.Dating

  /// The number of decimals of every rate; nil if it differs by pair or is unknown.
  package var declaredScale: Int?

  /// The number of decimals of pairs that differ from `declaredScale`.
  package var scales: [CurrencyPair: Int]

  /// The number of decimals of the rates from which the publisher computes the printed change; nil if
  /// they are the printed rates.
  package var changeScale: Int?

  /// Typical rates as printed, by pair.
  package var examples: [CurrencyPair: Rate]

  /// The pairs without which a response is not used: those of the examples of a preset whose foreign
  /// currency is widely traded, or all of its examples if none is.
  package var corePairs: Set<CurrencyPair> {
    guard presetName != nil else { return [] }
    let pairs = Set(examples.keys)
    let home = [\CurrencyPair.base, \CurrencyPair.quote].first { side in
      Set(pairs.map { $0[keyPath: side] }).count == 1
    }
    let core = pairs.filter { pair in
      Self.widelyTraded.contains(home == \CurrencyPair.base ? pair.quote : pair.base)
    }
    return core.isEmpty ? pairs : core
  }

  private static let widelyTraded = Set(
    ["USD", "EUR", "GBP", "JPY", "CHF", "CNY"].compactMap { Currency($0) })

  /// Returns the declared number of decimals of a pair; nil if it is unknown.
  package func scale(of pair: CurrencyPair) -> Int? { scales[pair] ?? declaredScale }

  /// The body of a POST request; nil for GET.
  package var body: String?

  /// Headers whose values are secrets.
  package var secretHeaders: [SecretHeader] = []

  /// The secret that is the body of a POST request.
  package var bodySecret: SecretReference?

  /// The request before those for the rates, for a token or an address.
  package var first: FirstRequest?

  /// The way from one page to the next.
  package var next: NextPage?

  /// The requests of a source with one for each value of `each`; empty for any other.
  package var variants: [SourceVariant] = []

  /// The way to the server: its authorities, and a proxy.
  package var transfer = TransferSettings()

  /// The most bytes of a body.
  package var maximumBytes = BodyLimits.maximumBytes

  /// The location of the secret that replaces `{key}` in the address, the headers and the body.
  package var key: SecretReference?

  /// The most series that the source may have; further pairs that it prints are ignored.
  package var maximumSeries: Int

  /// The settings that the reader was made of, without address and secrets; nil for a preset.
  package var readerSettings: SettingsNode?

  /// True if `dating` follows from the schedule, because the settings do not state it.
  package var isDatingAssumed = false

  /// Seconds east of UTC of the days in the address, if the schedule has no calendar with a zone.
  package var dayOffset = 0

  /// Returns the pair of all rates of the source; nil if the body contains their pairs.
  package var constantPair: CurrencyPair? {
    guard let columns = (reader as? any TableReader)?.columns, let base = columns.base,
      let quote = columns.quote
    else { return nil }
    return CurrencyPair(base: base, quote: quote)
  }
}

extension SourceDefinition: Equatable {
  /// True if both have the same requests besides address, headers and body.
  private func isRequested(like other: SourceDefinition) -> Bool {
    secretHeaders == other.secretHeaders && bodySecret == other.bodySecret
      && first == other.first && next == other.next && variants == other.variants
      && transfer == other.transfer && maximumBytes == other.maximumBytes
  }

  package static func == (left: SourceDefinition, right: SourceDefinition) -> Bool {
    left.name == right.name && left.presetName == right.presetName && left.url == right.url
      && left.headers == right.headers && left.schedule == right.schedule
      && left.timeout == right.timeout && left.allowPrivate == right.allowPrivate
      && left.redirectHosts == right.redirectHosts
      && AnyHashable(left.reader) == AnyHashable(right.reader) && left.dating == right.dating
      && left.declaredScale == right.declaredScale && left.scales == right.scales
      && left.changeScale == right.changeScale
      && left.publisher == right.publisher && left.terms == right.terms
      && left.examples == right.examples && left.body == right.body && left.key == right.key
      && left.dayOffset == right.dayOffset && left.maximumSeries == right.maximumSeries
      && left.isRequested(like: right)
  }
}
