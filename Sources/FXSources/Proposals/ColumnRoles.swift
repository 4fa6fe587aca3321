import FXCore

/// The meaning of the columns of a table, judged by their texts first and by their names second.
struct ColumnRoles {
  /// The keys for the columns.
  var settings: [SourceProposal.Setting]

  /// The assumptions about the facts that the table does not show.
  var assumptions: [SourceProposal.Assumption] = []

  private typealias Column = SampledTable.Column
  private typealias Setting = SourceProposal.Setting

  /// The share of rows, in percent, in which a column must have a text of a kind.
  private static let share = 60

  /// Returns the possible meanings of a table, the most probable first; none if it has no currencies or no
  /// rates.
  static func all(in table: SampledTable, home: Currency?) -> [ColumnRoles] {
    if let wide = table.wide { return all(wide: wide, in: table, home: home) }
    let dates = dateSettings(in: table.columns, table.shared)
    guard let currencies = currencies(in: table),
      let rates = rates(in: table.columns, except: currencies.places + dates.places)
    else { return [] }
    let nominal = nominal(
      in: table.columns, except: currencies.places + dates.places + rates.places)
    let rest =
      rates.settings + (nominal.map { [Setting("nominal", $0.place)] } ?? []) + dates.settings
    return ColumnMarks.all(in: rates.columns).flatMap { marks -> [ColumnRoles] in
      let assumptions = dates.assumptions + marks.assumptions
      switch currencies.kind {
      case .whole:
        return [
          ColumnRoles(
            settings: currencies.settings + rest + marks.settings, assumptions: assumptions)
        ]
      case .code(let place, let texts):
        guard let other = currencies.other ?? home?.code else { return [] }
        let seen = RateDirection.isBase(
          texts, rates.columns[0].texts, nominal?.texts, number: marks.format)
        let isBase = seen ?? !(currencies.isOtherBase || other == "EUR")
        let fields = isBase ? ("base", "quote") : ("quote", "base")
        let codes = [Setting(fields.0, place), Setting(fields.1, other)]
        return [
          ColumnRoles(
            settings: codes + currencies.pattern(fields.0) + rest + marks.settings,
            assumptions: (currencies.other == nil ? home.map { [.currency($0)] } ?? [] : [])
              + (seen == nil ? [.direction] : []) + assumptions)
        ]
      }
    }
  }

  // MARK: Currencies

  /// The columns that name the currencies.
  private struct Currencies {
    enum Kind {
      /// Both currencies are printed.
      case whole
      /// A code, and its texts.
      case code(String, [String])
    }

    let kind: Kind
    var settings: [Setting] = []
    let places: [String]

    /// The location of the other currency, which is the same in all rows; nil if it is not printed.
    var other: String?

    /// True if the other currency is rather the base, where the rates do not show it.
    var isOtherBase = false

    /// A pattern of the part of the text that is the code, as a base; nil if it is the whole text.
    var part: String?

    func pattern(_ field: String) -> [Setting] {
      guard let part = part?.replacing("<base>", with: "<\(field)>") else { return [] }
      return [Setting("patterns", members: [Setting(field, part)])]
    }
  }

  private static func currencies(in table: SampledTable) -> Currencies? {
    let columns = table.columns
    if let pair = columns.first(where: { has($0) { CurrencyPair($0) != nil } }) {
      return Currencies(kind: .whole, settings: [Setting("pair", pair.place)], places: [pair.place])
    }
    let codes = columns.filter { has($0, isCode) }
    if codes.count > 1 {
      let constant = codes.first { Set($0.texts).count == 1 }
      if let constant, let code = codes.first(where: { Set($0.texts).count > 1 }) {
        return Currencies(
          kind: .code(code.place, code.texts), places: [code.place, constant.place],
          other: constant.place)
      }
      let isReversed = names(codes[1], ["base", "from"]) && !names(codes[0], ["base", "from"])
      let (base, quote) = isReversed ? (codes[1], codes[0]) : (codes[0], codes[1])
      return Currencies(
        kind: .whole, settings: [Setting("base", base.place), Setting("quote", quote.place)],
        places: [base.place, quote.place])
    }
    if let code = codes.first {
      let printed = table.shared.filter { isCode($0.texts[0]) }
      if let base = printed.first(where: { names($0, ["base", "source", "from"]) }) {
        return Currencies(
          kind: .whole, settings: [Setting("base", base.place), Setting("quote", code.place)],
          places: [code.place])
      }
      let other = printed.count == 1 && names(printed[0], ["currency"]) ? printed[0].place : nil
      return Currencies(
        kind: .code(code.place, code.texts), places: [code.place], other: other,
        isOtherBase: other != nil)
    }
    let named = columns.first { has($0) { RateColumns.NamedCurrency($0) != nil } }
    if let named {
      let texts = named.texts.map { RateColumns.NamedCurrency($0)?.currency.code ?? "" }
      return Currencies(
        kind: .code(named.place, texts), places: [named.place],
        part: "(?<nominal>[0-9]+) (?<base>[A-Z]{3})")
    }
    guard let column = columns.first(where: { has($0) { part(of: $0) != nil } }) else { return nil }
    return Currencies(
      kind: .code(column.place, column.texts.map { part(of: $0) ?? "" }), places: [column.place],
      part: "\\b(?<base>[A-Z]{3})\\b")
  }

  private static func isCode(_ text: String) -> Bool {
    Currency(text).map(SampledTable.isKnown) ?? false
  }

  /// Returns the only word of a text that is a code.
  private static func part(of text: String) -> String? {
    let words = text.split { !($0.isLetter || $0.isNumber) }.map(String.init).filter(isCode)
    return words.count == 1 ? words[0] : nil
  }

  // MARK: Rates

  private static func rates(
    in columns: [Column], except places: [String]
  ) -> (settings: [Setting], columns: [Column], places: [String])? {
    let numbers = columns.filter { column in
      !places.contains(column.place) && has(column, isNumber)
    }
    let bid = numbers.first { names($0, ColumnWords.bids) }
    let ask = numbers.first { names($0, ColumnWords.asks) && $0.place != bid?.place }
    if let bid, let ask {
      return (
        [Setting("bid", bid.place), Setting("ask", ask.place)], [bid, ask], [bid.place, ask.place]
      )
    }
    let fit = numbers.filter { !names($0, ColumnWords.others) && !isNominal($0) }
    let rate =
      fit.first { names($0, ColumnWords.mids) && hasDecimals($0) } ?? fit.first(where: hasDecimals)
      ?? fit.first { names($0, ColumnWords.mids) } ?? fit.first
    guard let rate else { return nil }
    return ([Setting("rate", rate.place)], [rate], [rate.place])
  }

  private static func hasDecimals(_ column: Column) -> Bool {
    has(column) { text in text.contains { ".,".contains($0) } }
  }

  private static func isNumber(_ text: String) -> Bool {
    text.contains { $0.isNumber }
      && text.allSatisfy { $0.isNumber || " .,'+-eE\u{A0}\u{202F}".contains($0) }
  }

  /// True if all texts are the numbers of units that publishers print.
  private static func isNominal(_ column: Column) -> Bool {
    let values = Set(column.texts.filter { !$0.isEmpty })
    return values.isSubset(of: ["1", "10", "100", "1000", "10000", "100000", "1000000"])
      && (values.contains("1") || names(column, ColumnWords.units))
  }

  private static func nominal(in columns: [Column], except places: [String]) -> Column? {
    let fit = columns.filter { !places.contains($0.place) && has($0, isNumber) }
    return fit.first { isNominal($0) && names($0, ColumnWords.units) }
      ?? fit.first { isNominal($0) && Set($0.texts).count > 1 }
  }

  // MARK: Dates

  /// Formats in which the day comes before the month are tried first: they are more frequent.
  private static let formats = [
    "yyyy-mm-dd*", "dd.mm.yyyy*", "d.m.yyyy*", "dd/mm/yyyy*", "mm/dd/yyyy*", "yyyy/mm/dd*",
    "dd-mm-yyyy*", "dd.mm.yy", "yyyy.mm.dd*", "yyyymmdd", "dd-Mon-yyyy*", "d Mon yyyy*",
    "d Month yyyy*", "Month d, yyyy*", "Mon d, yyyy*", "instant", "unix",
  ]

  private static func dateSettings(
    in columns: [Column], _ shared: [Column]
  ) -> (settings: [Setting], places: [String], assumptions: [SourceProposal.Assumption]) {
    for column in columns + shared {
      guard let format = format(of: column) else { continue }
      let isOneDay = Set(column.texts).count == 1
      return (
        settings(column, format) + (isOneDay ? [] : [Setting("dates", "newest")]), [column.place],
        format == "dd/mm/yyyy*" && isDate(column, "mm/dd/yyyy*") ? [.dayFirst] : []
      )
    }
    return ([], [], [])
  }

  private static func settings(_ column: Column, _ format: String) -> [Setting] {
    [Setting("date", column.place)]
      + (format == formats[0] ? [] : [Setting("date_format", format)])
  }

  private static func format(of column: Column) -> String? {
    let isNamed = names(column, ColumnWords.dates)
    return formats.first { (pattern: String) -> Bool in
      // A number alone is a date only where it is called one.
      if ["unix", "yyyymmdd"].contains(pattern), !isNamed { return false }
      return isDate(column, pattern)
    }
  }

  private static func isDate(_ column: Column, _ pattern: String) -> Bool {
    guard let format = DateFormat(pattern) else { return false }
    return has(column) { printed in
      format.read(printed).map { (1990...2100).contains($0.civil.year) } ?? false
    }
  }

  // MARK: Wide tables

  private static func all(
    wide: (field: RateField, names: [String]), in table: SampledTable, home: Currency?
  ) -> [ColumnRoles] {
    let dates = dateSettings(in: table.columns, table.shared)
    let cells = table.columns.filter { wide.names.contains($0.place) }
    guard cells.contains(where: { has($0, isNumber) }) else { return [] }
    return ColumnMarks.all(in: cells).flatMap { marks -> [ColumnRoles] in
      let rest = dates.settings + marks.settings
      let assumptions = dates.assumptions + marks.assumptions
      if wide.field == .pair {
        return [
          ColumnRoles(settings: [Setting("wide", "pair")] + rest, assumptions: assumptions)
        ]
      }
      guard let home else { return [] }
      let latest = cells.map { $0.texts.last { !$0.isEmpty } ?? "" }
      let seen = RateDirection.isBase(cells.map(\.place), latest, nil, number: marks.format)
      let isBase = seen ?? (home.code != "EUR")
      return [
        ColumnRoles(
          settings: [
            Setting("wide", isBase ? "base" : "quote"),
            Setting(isBase ? "quote" : "base", home.code),
          ] + rest,
          assumptions: [.currency(home)] + (seen == nil ? [.direction] : []) + assumptions)
      ]
    }
  }

  // MARK: Texts

  /// True if enough texts of a column are of a kind.
  private static func has(_ column: Column, _ isOfKind: (String) -> Bool) -> Bool {
    let texts = column.texts.filter { !$0.isEmpty }
    guard !texts.isEmpty, texts.count * 3 >= column.texts.count else { return false }
    return texts.count(where: isOfKind) * 100 >= texts.count * share
  }

  /// True if a word of a column's name begins with one of these; one of up to three letters is the whole
  /// word.
  private static func names(_ column: Column, _ words: [String]) -> Bool {
    column.words.contains { word in
      words.contains { $0.count > 3 ? word.hasPrefix($0) : word == $0 }
    }
  }
}
