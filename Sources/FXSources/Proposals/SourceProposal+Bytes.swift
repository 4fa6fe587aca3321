package import FXCore

/// Proposals that another process has made.
extension SourceProposal {
  /// The most proposals of an answer, and the most settings of one.
  private static let most = 200

  /// Returns the job of making proposals, without the body.
  package static func job(contentType: String?, home: Currency?) -> [UInt8] {
    var encoder = ByteEncoder()
    encoder.write(BodyJob.Kind.proposals.rawValue)
    encoder.write(contentType)
    encoder.write(home?.code)
    return encoder.bytes
  }

  /// Carries out a job from behind its kind on, and returns its answer.
  static func carriedOut(_ decoder: inout ByteDecoder, length: Int) -> [UInt8] {
    var encoder = ByteEncoder()
    do {
      let contentType = try decoder.optionalText(atMost: length)
      let home = try decoder.optionalText(atMost: length).flatMap { Currency($0) }
      let proposals = try all(for: Array(decoder.rest), contentType: contentType, home: home)
      encoder.write(UInt8(1))
      encoder.write(Int64(min(proposals.count, most)))
      for proposal in proposals.prefix(most) {
        encoder.write(Int64(proposal.assumptions.count))
        for assumption in proposal.assumptions { encoder.write(assumption.text) }
        write(proposal.settings, to: &encoder)
      }
    } catch {
      encoder.write(UInt8(0))
      encoder.write((error as? ParseError)?.message ?? "the job is invalid")
    }
    return encoder.bytes
  }

  private static func write(_ settings: [Setting], to encoder: inout ByteEncoder) {
    encoder.write(Int64(settings.count))
    for setting in settings {
      encoder.write(setting.key)
      encoder.write(setting.members == nil ? setting.value : nil)
      if let members = setting.members { write(members, to: &encoder) }
    }
  }

  /// Returns the proposals of an answer; the bytes are untrusted.
  package static func decoded(_ answer: [UInt8]) throws(ParseError) -> [SourceProposal] {
    var message: String?
    do throws(ByteDecoder.Invalid) {
      var decoder = ByteDecoder(answer)
      guard try decoder.byte() == 0 else {
        var proposals: [SourceProposal] = []
        for _ in 0..<(try decoder.count(atMost: most)) {
          var assumptions: [Assumption] = []
          for _ in 0..<(try decoder.count(atMost: most)) {
            assumptions.append(try Assumption(try decoder.text(atMost: answer.count)))
          }
          proposals.append(
            SourceProposal(
              settings: try settings(&decoder, depth: 0, length: answer.count),
              assumptions: assumptions))
        }
        return proposals
      }
      message = try decoder.text(atMost: 4096)
    } catch {
      message = nil
    }
    throw ParseError(message ?? "looking at the body failed: the result is invalid")
  }

  private static func settings(
    _ decoder: inout ByteDecoder, depth: Int, length: Int
  ) throws(ByteDecoder.Invalid) -> [Setting] {
    guard depth < 2 else { throw ByteDecoder.Invalid() }
    var settings: [Setting] = []
    for _ in 0..<(try decoder.count(atMost: most)) {
      let key = try decoder.text(atMost: length)
      if let value = try decoder.optionalText(atMost: length) {
        settings.append(Setting(key, value))
      } else {
        let members = try Self.settings(&decoder, depth: depth + 1, length: length)
        settings.append(Setting(key, members: members))
      }
    }
    return settings
  }
}

extension SourceProposal.Assumption {
  /// The assumption as one word, that of a currency as its code.
  fileprivate var text: String {
    switch self {
    case .currency(let currency): currency.code
    case .direction: "direction"
    case .decimalMark: "decimal mark"
    case .dayFirst: "day first"
    }
  }

  /// Reads such a word.
  fileprivate init(_ text: String) throws(ByteDecoder.Invalid) {
    if let currency = Currency(text) {
      self = .currency(currency)
      return
    }
    let known: [Self] = [.direction, .decimalMark, .dayFirst]
    guard let word = known.first(where: { $0.text == text }) else { throw ByteDecoder.Invalid() }
    self = word
  }
}
