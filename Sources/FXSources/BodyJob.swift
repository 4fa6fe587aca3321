package import FXCore

/// The reading of one body, described for another process: how the source is read, and the body.
///
/// Contains neither the address nor a secret of the source.
package struct BodyJob: Sendable {
  /// The kinds of jobs.
  enum Kind: UInt8 {
    case reading
    case texts
    case proposals
  }

  /// Everything but the body, as bytes.
  package let head: [UInt8]

  /// Describes the reading of a polled body, and of its days after `day`.
  package init(_ definition: SourceDefinition, contentType: String?, after day: CalendarDay?) {
    var encoder = ByteEncoder()
    encoder.write(Kind.reading.rawValue)
    encoder.write(definition.name.text)
    encoder.write(definition.presetName)
    encoder.write(definition.readerSettings.map { SettingsText.text(of: $0) })
    encoder.write(contentType)
    encoder.write(day.map { Int64($0.daysSinceEpoch) } ?? .max)
    head = encoder.bytes
  }

  /// Prepares this process for one job, so that it takes less time: libraries are set up.
  ///
  /// From now on the process ends if memory is short.
  package static func prepare() {
    LibXML2.endWithoutMemory()
    _ = PresetCatalog.all
  }

  /// Carries out a job: its head, followed by the body.
  ///
  /// Returns the readings, or the reason why there are none, as at most `limit` bytes.
  package static func carriedOut(_ job: [UInt8], atMost limit: Int) -> [UInt8] {
    var decoder = ByteDecoder(job)
    switch (try? decoder.byte()).flatMap({ Kind(rawValue: $0) }) {
    case .texts: return BodyTexts.carriedOut(&decoder, length: job.count)
    case .proposals: return SourceProposal.carriedOut(&decoder, length: job.count)
    case .reading, nil:
      return BodyReadings.encoded(
        Result { () throws(ParseError) in try readings(of: job, &decoder) }, atMost: limit)
    }
  }

  private static func readings(
    of job: [UInt8], _ decoder: inout ByteDecoder
  ) throws(ParseError) -> BodyReadings {
    let definition: SourceDefinition?
    let contentType: String?
    let day: Int64
    do throws(ByteDecoder.Invalid) {
      definition = SourceDefinition(
        name: SourceName(try decoder.text(atMost: job.count)),
        preset: try decoder.optionalText(atMost: job.count),
        readerSettings: try decoder.optionalText(atMost: job.count))
      contentType = try decoder.optionalText(atMost: job.count)
      day = try decoder.integer()
    } catch {
      throw ParseError("the job is invalid")
    }
    guard let definition else { throw ParseError("the source cannot be read") }
    return try definition.readings(
      of: Array(decoder.rest), contentType: contentType,
      after: day == .max ? nil : CalendarDay(daysSinceEpoch: Int(day)))
  }
}
