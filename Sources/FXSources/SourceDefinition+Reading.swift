package import FXCore

extension SourceDefinition {
  /// Reads the rates in a body; no text of the result or of the error contains a secret of the request.
  package func read(
    _ body: [UInt8], contentType: String?, redaction: Redaction = .none
  ) throws(ParseError) -> SourceReading {
    do throws(ParseError) {
      try checkSize(body)
      let reading = try reader.read(body, contentType: contentType)
      try refuseWithoutCore(reading)
      return try reading.redacted(by: redaction)
    } catch {
      throw error.redacted(by: redaction)
    }
  }

  /// Returns the location in a body of each observation, without the secrets of the request.
  package func origins(
    in body: [UInt8], contentType: String?, redaction: Redaction = .none
  ) throws(ParseError) -> [ObservationOrigin] {
    do throws(ParseError) {
      try checkSize(body)
      let origins = try reader.origins(in: body, contentType: contentType)
      if redaction.isEmpty { return origins }
      return try origins.map { origin throws(ParseError) in try origin.redacted(by: redaction) }
    } catch {
      throw error.redacted(by: redaction)
    }
  }

  /// Throws if a row of one of the source's core pairs was set aside.
  private func refuseWithoutCore(_ reading: SourceReading) throws(ParseError) {
    guard !reading.setAside.isEmpty, !corePairs.isEmpty else { return }
    let row = reading.setAside.first { $0.pair.map { corePairs.contains($0) } ?? false }
    if let row { throw ParseError(row.reason) }
  }

  private func checkSize(_ body: [UInt8]) throws(ParseError) {
    guard body.count <= BodyLimits.largestBytes else {
      throw ParseError("the body is larger than \(BodyLimits.largestBytes >> 20) MiB")
    }
  }
}

extension ParseError {
  /// Returns the error without the secrets of the request.
  package func redacted(by redaction: Redaction) -> ParseError {
    ParseError(redaction.redacted(message))
  }
}

extension SourceReading {
  /// Returns the reading without secrets; throws if a rate contains one, because a rate is never
  /// changed.
  package func redacted(by redaction: Redaction) throws(ParseError) -> SourceReading {
    if redaction.isEmpty { return self }
    return SourceReading(
      valueDate: valueDate,
      observations: try observations.map { observation throws(ParseError) in
        try observation.redacted(by: redaction)
      },
      headlines: headlines.map {
        Headline(
          title: redaction.redacted($0.title), link: $0.link.map { redaction.redacted($0) })
      },
      setAside: setAside.map { row in
        row.retired == nil
          ? SetAsideRow(
            subject: redaction.redacted(row.subject), pair: row.pair,
            reason: redaction.redacted(row.reason)) : row
      })
  }
}

extension Observation {
  fileprivate func redacted(by redaction: Redaction) throws(ParseError) -> Observation {
    guard !redaction.isFound(inNumber: rate.printed.description) else {
      throw ParseError(
        "the rate of \(pair) contains the source's secret; the response is not what it should be")
    }
    return Observation(
      pair: pair, side: side, rate: rate,
      publishedChange: publishedChange.map { redaction.redacted($0) })
  }
}

extension ObservationOrigin {
  fileprivate func redacted(by redaction: Redaction) throws(ParseError) -> ObservationOrigin {
    ObservationOrigin(
      observation: try observation.redacted(by: redaction), place: redaction.redacted(place),
      printed: printed.map { Text($0.field, redaction.redacted($0.text)) })
  }
}
