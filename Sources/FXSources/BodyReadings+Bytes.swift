import FXCore

/// The form in which another process returns readings.
extension BodyReadings {
  /// The longest text of a headline, a printed change or an error, in bytes; readers cut them earlier.
  private static let longestText = 4096

  /// Returns readings, or the reason why there are none, as bytes: of the earlier days the newest that
  /// fit into `limit` bytes.
  package static func encoded(
    _ result: Result<BodyReadings, ParseError>, atMost limit: Int
  ) -> [UInt8] {
    var encoder = ByteEncoder()
    switch result {
    case .failure(let error):
      encoder.write(UInt8(0))
      encoder.write(error.message)
    case .success(let readings):
      let newest = encoded(readings.newest)
      var room = limit - newest.count - 16
      guard room >= 0 else {
        let error = ParseError("the rates of one day take more than \(limit >> 20) MiB")
        return encoded(.failure(error), atMost: limit)
      }
      var earlier: [[UInt8]] = []
      for reading in readings.earlier.reversed() {
        let bytes = encoded(reading)
        guard bytes.count <= room else { break }
        room -= bytes.count
        earlier.append(bytes)
      }
      encoder.write(UInt8(1))
      encoder.write(Int64(earlier.count))
      return encoder.bytes + earlier.reversed().joined() + newest
    }
    return encoder.bytes
  }

  /// Returns what bytes contain; the bytes are untrusted.
  package static func decoded(_ bytes: [UInt8]) throws(ParseError) -> BodyReadings {
    var message: String?
    do throws(ByteDecoder.Invalid) {
      var decoder = ByteDecoder(bytes)
      if try decoder.byte() == 0 {
        message = try decoder.text(atMost: longestText)
      } else {
        let count = try decoder.count(atMost: ArchiveLimits.maximumDays)
        var earlier: [SourceReading] = []
        for _ in 0..<count { earlier.append(try reading(from: &decoder)) }
        let newest = try reading(from: &decoder)
        if decoder.rest.isEmpty { return BodyReadings(earlier: earlier, newest: newest) }
      }
    } catch {
      message = nil
    }
    throw ParseError(message ?? "reading the body failed: its result is invalid")
  }

  private static func encoded(_ reading: SourceReading) -> [UInt8] {
    var encoder = ByteEncoder()
    encode(reading, to: &encoder)
    return encoder.bytes
  }

  private static func encode(_ reading: SourceReading, to encoder: inout ByteEncoder) {
    encoder.write(reading.valueDate.map { Int64($0.daysSinceEpoch) } ?? .max)
    encoder.write(Int64(reading.headlines.count))
    for headline in reading.headlines {
      encoder.write(headline.title)
      encoder.write(headline.link)
    }
    encoder.write(Int64(reading.setAside.count))
    for row in reading.setAside {
      encoder.write(row.retired?.code)
      if row.retired == nil {
        encoder.write(row.subject)
        encoder.write(row.pair.map { "\($0)" })
        encoder.write(row.reason)
      }
    }
    encoder.write(Int64(reading.observations.count))
    for observation in reading.observations {
      encoder.write("\(observation.pair)")
      encoder.write(observation.side.rawValue)
      encoder.write(observation.rate.printed.coefficient)
      encoder.write(UInt8(observation.rate.printed.scale))
      encoder.write(observation.rate.nominal)
      encoder.write(observation.publishedChange)
    }
  }

  private static func reading(
    from decoder: inout ByteDecoder
  ) throws(ByteDecoder.Invalid) -> SourceReading {
    let day = try decoder.integer()
    var headlines: [Headline] = []
    for _ in 0..<(try decoder.count(atMost: SourceReading.maximumHeadlines)) {
      let title = try decoder.text(atMost: longestText)
      headlines.append(
        Headline(title: title, link: try decoder.optionalText(atMost: longestText)))
    }
    var setAside: [SetAsideRow] = []
    for _ in 0..<(try decoder.count(atMost: BodyLimits.maximumRows)) {
      setAside.append(try row(from: &decoder))
    }
    var observations: [Observation] = []
    var series: Set<Series> = []
    let count = try decoder.count(atMost: RateField.rates.count * BodyLimits.maximumRows)
    observations.reserveCapacity(count)
    for _ in 0..<count {
      let observation = try observation(from: &decoder)
      observations.append(observation)
      let (isNew, _) = series.insert(
        Series(source: SourceName(""), pair: observation.pair, side: observation.side))
      guard isNew else { throw ByteDecoder.Invalid() }
    }
    guard day == .max || (-Self.farthestDay...Self.farthestDay).contains(day) else {
      throw ByteDecoder.Invalid()
    }
    return SourceReading(
      valueDate: day == .max ? nil : CalendarDay(daysSinceEpoch: Int(day)),
      observations: observations, headlines: headlines, setAside: setAside)
  }

  private static func row(
    from decoder: inout ByteDecoder
  ) throws(ByteDecoder.Invalid) -> SetAsideRow {
    if let code = try decoder.optionalText(atMost: 3) {
      guard let currency = Currency(code) else { throw ByteDecoder.Invalid() }
      return SetAsideRow(retired: currency)
    }
    let subject = try decoder.text(atMost: longestText)
    let pair = try decoder.optionalText(atMost: 7).map { text throws(ByteDecoder.Invalid) in
      guard let pair = CurrencyPair(text) else { throw ByteDecoder.Invalid() }
      return pair
    }
    return SetAsideRow(
      subject: subject, pair: pair, reason: try decoder.text(atMost: longestText))
  }

  /// The number of days from 1970 to the years 1 and 9999, about.
  private static let farthestDay: Int64 = 3_000_000

  private static func observation(
    from decoder: inout ByteDecoder
  ) throws(ByteDecoder.Invalid) -> Observation {
    guard let pair = CurrencyPair(try decoder.text(atMost: 7)),
      let side = Side(rawValue: try decoder.text(atMost: 8)),
      let printed = ExactDecimal(
        coefficient: try decoder.integer(), scale: Int(try decoder.byte())),
      let rate = Rate(printed: printed, nominal: try decoder.integer())
    else { throw ByteDecoder.Invalid() }
    return Observation(
      pair: pair, side: side, rate: rate,
      publishedChange: try decoder.optionalText(atMost: longestText))
  }
}
